import { isQueryName } from '#shared/domain/sql';
import { problemOf, settle } from '../../data/problem.ts';
import type { SqlParts, SqlSlice } from './sql-state.ts';
import { changeTab } from './sql-tabs.ts';

/** The queries that the store keeps, and the tables that it has. */
export function savedQueries(parts: SqlParts): Pick<SqlSlice, 'load' | 'save' | 'deleteSaved'> {
  const { client, set, get } = parts;

  async function loadSaved(): Promise<void> {
    set({ saved: await settle(client.sql.savedQueries({})) });
  }

  return {
    async load() {
      const [schema] = await Promise.all([settle(client.sql.schema({})), loadSaved()]);
      set({ schema });
    },

    async save(id, typed) {
      const name = typed.trim();
      const tab = get().tabs.find((each) => each.id === id);
      if (tab === undefined) return null;
      if (!isQueryName(name)) {
        return {
          code: 'argument-invalid',
          message: 'A name is letters, digits, spaces and . _ ( ) + -, up to 80 of them',
        };
      }
      try {
        await client.sql.saveQuery({ name, text: tab.text });
        changeTab(parts, id, { name, savedAs: name });
        await loadSaved();
        return null;
      } catch (error) {
        return problemOf(error);
      }
    },

    async deleteSaved(name) {
      try {
        await client.sql.deleteQuery({ name });
        set({ tabs: get().tabs.map((tab) => (tab.savedAs === name ? { ...tab, savedAs: null } : tab)) });
        await loadSaved();
        return null;
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}
