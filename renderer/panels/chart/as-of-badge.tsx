import { IconHistory } from '@tabler/icons-react';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import styles from './replay.module.css';

/** Says across the chart that it shows the past, so that nobody takes it for the present. */
export function AsOfBadge() {
  const asOf = useWorkbench((state) => state.chart.window?.asOf ?? null);
  const zone = useWorkbench((state) => state.settings.zone);
  if (asOf === null) return null;
  return (
    <div className={styles.badge} role="note" aria-label="As of">
      <IconHistory size={14} aria-hidden /> As of <time>{formatInstant(asOf, zone)}</time>
      <span className={styles.aside}>nothing that came later is shown</span>
    </div>
  );
}
