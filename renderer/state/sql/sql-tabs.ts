import { firstTab, mostTabs, type SqlParts, type SqlSlice, type SqlTab } from './sql-state.ts';

type TabCalls = Pick<
  SqlSlice,
  'activate' | 'addTab' | 'closeTab' | 'setText' | 'setMaxRows' | 'setEditorShare'
>;

/** Changes one tab, if it is there. */
export function changeTab({ set, get }: SqlParts, id: string, change: Partial<SqlTab>): void {
  set({ tabs: get().tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) });
}

/** The tabs, and what is written in them. Closing one frees its result in main. */
export function sqlTabs(parts: SqlParts): TabCalls {
  const { client, set, get, nameOf } = parts;
  return {
    activate: (active) => set({ active }),

    addTab(change = {}) {
      const { tabs } = get();
      if (tabs.length >= mostTabs) return;
      const taken = tabs.map(({ id }) => Number(id.slice(1)));
      const number = Math.max(0, ...taken) + 1;
      const tab = { id: `q${number}`, name: `Query ${number}`, text: '', savedAs: null, ...change };
      set({ tabs: [...tabs, tab], active: tab.id });
    },

    closeTab(id) {
      const { tabs, active, runs } = get();
      const at = tabs.findIndex((tab) => tab.id === id);
      const left = tabs.filter((tab) => tab.id !== id);
      const next = left[Math.min(at, left.length - 1)];
      runs[id]?.result?.pages.close();
      client.sql.release({ tab: nameOf(id) }).catch(() => null);
      const others = Object.fromEntries(Object.entries(runs).filter(([tab]) => tab !== id));
      if (next === undefined) set({ tabs: [{ ...firstTab, text: '' }], active: firstTab.id, runs: others });
      else set({ tabs: left, runs: others, ...(active === id ? { active: next.id } : {}) });
    },

    setText: (id, text) => changeTab(parts, id, { text }),
    setMaxRows: (maxRows) => set({ maxRows }),
    setEditorShare: (share) => set({ editorShare: Math.min(0.85, Math.max(0.15, share)) }),
  };
}
