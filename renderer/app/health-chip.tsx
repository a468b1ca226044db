import { counted } from '#shared/counted';
import { useWorkbench } from '../state/use-workbench.ts';
import styles from './status-bar.module.css';

/** Says in the status bar that the store needs something, and leads to what; nothing while all is well. */
export function HealthChip() {
  const health = useWorkbench((state) => state.upkeep.health);
  const ask = useWorkbench((state) => state.workspace.ask);
  if (health.phase !== 'ready' || health.value.level === 'ok') return null;
  const found = health.value.checks.filter(({ level }) => level !== 'ok');
  return (
    <button
      type="button"
      className={health.value.level === 'bad' ? styles.badChip : styles.warnChip}
      title={found.map(({ detail }) => detail).join('\n')}
      onClick={() => ask({ kind: 'show', panel: 'health' })}
    >
      {counted(found.length, 'thing needs a look', 'things need a look')}
    </button>
  );
}
