import { severityOf, type HealthCheck } from '#shared/domain/health';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { formatSecond } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { checkNames, useHealthActions } from '../use-health-actions.ts';
import styles from './health-panel.module.css';

export const healthPanel = definePanel({
  id: 'health',
  title: 'Health',
  home: 'bottom',
  Component: HealthPanel,
});

const levelWords = { ok: 'well', warn: 'needs a look', bad: 'bad' } as const;
const levelIcons = { ok: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX } as const;

function HealthPanel() {
  const health = useWorkbench((state) => state.upkeep.health);
  const load = useWorkbench((state) => state.upkeep.loadHealth);
  const zone = useWorkbench((state) => state.settings.zone);
  useEffect(() => void load(), [load]);
  switch (health.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={8} label="Looking at the store" />;
    case 'failed':
      return <Failure {...health.problem} onRetry={() => void load()} />;
    case 'ready':
      return (
        <div className={styles.panel}>
          <header className={styles.head}>
            <span>Looked at {formatSecond(health.value.atMs, zone)}, again every minute</span>
            <TextButton look="outlined" onClick={() => void load()}>
              Look again
            </TextButton>
          </header>
          {/* It scrolls, and rows without an action have nothing that keys could bring into sight. */}
          <ul className={styles.checks} aria-label="Checks" tabIndex={0}>
            {worstFirst(health.value.checks).map((check) => (
              <Row key={check.id} {...check} />
            ))}
          </ul>
        </div>
      );
  }
}

function Row({ id, level, detail, action }: HealthCheck) {
  const Icon = levelIcons[level];
  const { labelOf, act } = useHealthActions();
  return (
    <li className={styles.check} data-level={level}>
      <span className={styles[level]} title={levelWords[level]}>
        <Icon size={16} aria-hidden />
        <span className="visually-hidden">{levelWords[level]}</span>
      </span>
      <span className={styles.name}>{checkNames[id]}</span>
      <span className={styles.detail}>{detail}</span>
      {action !== null && labelOf(action) !== null && (
        <TextButton look="outlined" onClick={() => void act(action)}>
          {labelOf(action)}
        </TextButton>
      )}
    </li>
  );
}

function worstFirst(checks: readonly HealthCheck[]): readonly HealthCheck[] {
  return [...checks].sort((a, b) => severityOf(b.level) - severityOf(a.level));
}
