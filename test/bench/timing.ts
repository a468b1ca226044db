export interface Sampled {
  readonly p50: number;
  readonly p99: number;
  readonly samples: readonly number[];
}

/** How long something takes, ms. */
export async function timed(act: () => unknown): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

export async function sample(count: number, act: (index: number) => unknown): Promise<Sampled> {
  const samples: number[] = [];
  for (let index = 0; index < count; index += 1) samples.push(await timed(() => act(index)));
  return sampled(samples);
}

/** Both by turns, so that whatever else the machine does meets both. */
export async function sampleByTurns(
  count: number,
  ours: (index: number) => unknown,
  plain: (index: number) => unknown,
): Promise<{ readonly ours: Sampled; readonly plain: Sampled }> {
  const [left, right]: [number[], number[]] = [[], []];
  for (let index = 0; index < count; index += 1) {
    left.push(await timed(() => ours(index)));
    right.push(await timed(() => plain(index)));
  }
  return { ours: sampled(left), plain: sampled(right) };
}

export function sampled(samples: readonly number[]): Sampled {
  const sorted = samples.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), samples };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
