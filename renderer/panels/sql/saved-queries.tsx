import { IconFile, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '../../data/problem.ts';
import type { SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './sql-panel.module.css';

/** The store's saved queries: opens, deletes them, and saves this one under a name. */
export function SavedQueries({ tab, onDone }: { readonly tab: SqlTab; readonly onDone: () => void }) {
  const saved = useWorkbench((state) => state.sql.saved);
  const addTab = useWorkbench((state) => state.sql.addTab);
  const save = useWorkbench((state) => state.sql.save);
  const deleteSaved = useWorkbench((state) => state.sql.deleteSaved);
  const [name, setName] = useState(tab.savedAs ?? tab.name);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [doomed, setDoomed] = useState<string | null>(null);
  const queries = saved.phase === 'ready' ? saved.value : [];
  const replaces = queries.some((query) => query.name === name.trim()) && tab.savedAs !== name.trim();

  const submit = async () => {
    const failure = await save(tab.id, name);
    setProblem(failure);
    if (failure === null) onDone();
  };
  const remove = async (query: string) => {
    setProblem(await deleteSaved(query));
    setDoomed(null);
  };
  return (
    <div className={styles.saved}>
      <form
        className={styles.saveRow}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <input
          className={styles.input}
          aria-label="Name of the query"
          value={name}
          spellCheck={false}
          data-autofocus
          onChange={(event) => setName(event.target.value)}
        />
        <TextButton type="submit" look="primary">
          {replaces ? 'Replace' : 'Save'}
        </TextButton>
      </form>
      {problem !== null && (
        <p className={styles.fault} role="alert">
          {problem.message}
        </p>
      )}
      <p className={styles.hint}>Saved as a .sql file in the folder “sql” of the store.</p>
      {queries.length > 0 && (
        <ul className={styles.list} aria-label="Saved queries">
          {queries.map((query) => (
            <li key={query.name} className={styles.listRow}>
              {doomed === query.name ? (
                <>
                  <span className={styles.listName}>Delete “{query.name}” for good?</span>
                  <TextButton onClick={() => void remove(query.name)}>Delete</TextButton>
                  <TextButton onClick={() => setDoomed(null)}>Keep</TextButton>
                </>
              ) : (
                <>
                  <button
                    type="button"
                    className={styles.listButton}
                    title={query.text}
                    onClick={() => {
                      addTab({ name: query.name, text: query.text, savedAs: query.name });
                      onDone();
                    }}
                  >
                    <IconFile size={14} aria-hidden /> {query.name}
                  </button>
                  <IconButton label={`Delete ${query.name}`} onClick={() => setDoomed(query.name)}>
                    <IconTrash size={14} />
                  </IconButton>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
