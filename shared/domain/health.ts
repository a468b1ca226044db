/** `warn`: needs a look soon; `bad`: rows cannot be stored or read as they should. */
export type HealthLevel = 'ok' | 'warn' | 'bad';

export const healthCheckIds = [
  'disk',
  'log',
  'writing',
  'files',
  'tiers',
  'loose',
  'stale',
  'growth',
  'jobs',
  'backup',
  'watcher',
  'schedules',
] as const;
export type HealthCheckId = (typeof healthCheckIds)[number];

/** The one thing that fits a finding; the window has a button for each. */
export type HealthAction =
  | 'free-space'
  | 'write-checkpoint'
  | 'verify'
  | 'compact'
  | 'show-tiers'
  | 'show-jobs'
  | 'show-backups'
  | 'show-schedules'
  | 'show-series';

export interface HealthCheck {
  readonly id: HealthCheckId;
  readonly level: HealthLevel;
  /** One sentence: what was found, in units. */
  readonly detail: string;
  /** Null when there is nothing to do. */
  readonly action: HealthAction | null;
}

export interface HealthReport {
  /** The worst of the checks. */
  readonly level: HealthLevel;
  readonly atMs: number;
  readonly checks: readonly HealthCheck[];
}

const severity: Readonly<Record<HealthLevel, number>> = { ok: 0, warn: 1, bad: 2 };

/** For sorting: the worse, the more. */
export function severityOf(level: HealthLevel): number {
  return severity[level];
}

/** The worst of them; `ok` where there are none. */
export function worstOf(levels: readonly HealthLevel[]): HealthLevel {
  return levels.reduce<HealthLevel>(
    (worst, level) => (severityOf(level) > severityOf(worst) ? level : worst),
    'ok',
  );
}
