import type { BarRange } from '../lines/line-paths.ts';

/** Bars next to one another in the same state, `first` to `last`. */
export interface RibbonRun extends BarRange {
  readonly state: number;
}

/** The runs of equal states over some bars. A bar without a state has no run, and breaks none off that goes on. */
export function ribbonRuns(states: Float64Array, { first, last }: BarRange): readonly RibbonRun[] {
  const runs: { first: number; last: number; state: number }[] = [];
  for (let bar = Math.max(0, first); bar <= Math.min(states.length - 1, last); bar += 1) {
    const state = states[bar] ?? Number.NaN;
    if (Number.isNaN(state)) continue;
    const run = runs[runs.length - 1];
    if (run?.state === state) run.last = bar;
    else runs.push({ first: bar, last: bar, state });
  }
  return runs;
}
