import { severityOf, type HealthCheck, type HealthReport } from '#shared/domain/health';
import { IconAlertTriangle, IconCircleX, IconX } from '@tabler/icons-react';
import { checkNames, useHealthActions } from '../panels/use-health-actions.ts';
import { useDraft } from '../state/use-draft.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import styles from './health-banner.module.css';

/**
 * The worst that was found of the store, with the one thing that can be done about it. Dismissed, it stays away until
 * something else is the worst; the status bar goes on counting what was found.
 */
export function HealthBanner() {
  const health = useWorkbench((state) => state.upkeep.health);
  const ask = useWorkbench((state) => state.workspace.ask);
  const [dismissed, setDismissed] = useDraft('health-banner');
  const { labelOf, act } = useHealthActions();
  const worst = health.phase === 'ready' ? worstFinding(health.value) : null;
  if (worst === null || subjectOf(worst) === dismissed) return null;
  const { id, level, detail, action } = worst;
  const label = action === null ? null : labelOf(action);
  const Icon = level === 'bad' ? IconCircleX : IconAlertTriangle;
  return (
    <section className={level === 'bad' ? styles.bad : styles.warn} aria-label="Health of the store">
      <Icon size={16} aria-hidden />
      <p className={styles.text} role="status" title={detail}>
        <strong>{checkNames[id]}:</strong> {detail}
      </p>
      {action !== null && label !== null && (
        <TextButton look="outlined" onClick={() => void act(action)}>
          {label}
        </TextButton>
      )}
      <TextButton onClick={() => ask({ kind: 'show', panel: 'health' })}>Health</TextButton>
      <TextButton
        aria-label="Dismiss until it changes"
        title="Dismiss until it changes"
        onClick={() => setDismissed(subjectOf(worst))}
      >
        <IconX size={14} />
      </TextButton>
    </section>
  );
}

function worstFinding({ checks }: HealthReport): HealthCheck | null {
  const found = checks.filter(({ level }) => level !== 'ok');
  return found.reduce<HealthCheck | null>(
    (worst, check) => (worst === null || severityOf(check.level) > severityOf(worst.level) ? check : worst),
    null,
  );
}

/** What makes a finding the same as before: names count, amounts that grow with every minute do not. */
function subjectOf({ id, level, detail }: HealthCheck): string {
  const isAmount = ['disk', 'log', 'loose', 'growth', 'watcher'].includes(id);
  return isAmount ? `${id} ${level}` : `${id} ${level} ${detail}`;
}
