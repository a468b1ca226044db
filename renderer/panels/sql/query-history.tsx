import { counted } from '#shared/counted';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import styles from './sql-panel.module.css';

/** What was run before, the latest first; each opens in a tab of its own. */
export function QueryHistory({ onDone }: { readonly onDone: () => void }) {
  const history = useWorkbench((state) => state.sql.history);
  const addTab = useWorkbench((state) => state.sql.addTab);
  const zone = useWorkbench((state) => state.settings.zone);
  if (history.length === 0) return <p className={styles.hint}>Queries that were run are listed here.</p>;
  return (
    <ul className={styles.list} aria-label="Queries that were run">
      {history.map(({ text, atMs, rows, elapsedMs }) => (
        <li key={`${atMs}-${text}`} className={styles.listRow}>
          <button
            type="button"
            className={styles.listButton}
            title={text}
            onClick={() => {
              addTab({ text });
              onDone();
            }}
          >
            <code className={styles.listCode}>{text.replace(/\s+/g, ' ').trim()}</code>
            <span className={styles.listDetail}>
              {formatInstant(atMs, zone)} ·{' '}
              {rows === null
                ? 'not finished'
                : `${counted(rows, 'row')} in ${formatCount(elapsedMs ?? 0)} ms`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
