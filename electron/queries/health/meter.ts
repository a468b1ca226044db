/** A statement that took long. */
export interface SlowQuery {
  readonly sql: string;
  readonly elapsedMs: number;
  readonly atMs: number;
}

export interface MeterReading {
  readonly writtenBytes: number;
  /** How many viewports were answered within each of `latencyBoundsMs`, and over all. */
  readonly withinBound: readonly number[];
  readonly viewports: number;
  readonly viewportsMs: number;
  readonly slowCount: number;
  /** The newest of them. */
  readonly slow: readonly SlowQuery[];
}

export interface Meter {
  readonly written: (sizeBytes: number) => void;
  readonly viewport: (elapsedMs: number) => void;
  readonly statement: (sql: string, elapsedMs: number, atMs: number) => void;
  readonly read: () => MeterReading;
}

export const latencyBoundsMs = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];
const slowMs = 1_000;
const keptSlow = 20;

/** Counts what a store does from when it was opened. */
export function createMeter(): Meter {
  const withinBound = latencyBoundsMs.map(() => 0);
  const slow: SlowQuery[] = [];
  let writtenBytes = 0;
  let viewports = 0;
  let viewportsMs = 0;
  let slowCount = 0;
  return {
    written: (sizeBytes) => void (writtenBytes += sizeBytes),
    viewport(elapsedMs) {
      viewports += 1;
      viewportsMs += elapsedMs;
      latencyBoundsMs.forEach((bound, index) => {
        if (elapsedMs <= bound) withinBound[index] = (withinBound[index] ?? 0) + 1;
      });
    },
    statement(sql, elapsedMs, atMs) {
      if (elapsedMs < slowMs) return;
      slowCount += 1;
      slow.push({ sql, elapsedMs, atMs });
      if (slow.length > keptSlow) slow.shift();
    },
    read: () => ({
      writtenBytes,
      withinBound: [...withinBound],
      viewports,
      viewportsMs,
      slowCount,
      slow: [...slow],
    }),
  };
}
