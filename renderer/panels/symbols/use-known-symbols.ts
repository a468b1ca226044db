import type { EpochMs } from '#shared/units';
import { useEffect, useState } from 'react';
import { settle } from '../../data/problem.ts';
import type { WorkbenchState } from '../../state/store.ts';
import { useRested } from '../../state/use-rested.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

interface Known {
  readonly at: number;
  /** Open of the newest bar that had closed by `at`, by symbol. */
  readonly lasts: ReadonlyMap<string, EpochMs>;
}

const asOfShown = ({ chart }: WorkbenchState) => chart.asOf;

/**
 * What was known of each symbol at the instant that the chart shows: null while it shows the present, `undefined` until
 * the answer is there. Steps of a replay keep the answer of the step before: it says nothing that was not known.
 */
export function useKnownSymbols(): Known['lasts'] | null | undefined {
  const asOf = useWorkbench(asOfShown);
  const restedAt = useRested(asOfShown);
  const changedAt = useWorkbench((state) => (state.chart.asOf === null ? null : state.catalog.changedAt));
  const ask = useWorkbench((state) => state.catalog.knownAsOf);
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (restedAt === null) return;
    let isOver = false;
    void settle(ask(restedAt)).then((answer) => {
      if (isOver || answer.phase !== 'ready') return;
      setKnown({ at: restedAt, lasts: new Map(answer.value.map(({ symbol, last }) => [symbol, last])) });
    });
    return () => {
      isOver = true;
    };
  }, [ask, restedAt, changedAt]);
  if (asOf === null) return null;
  return known !== null && known.at <= asOf ? known.lasts : undefined;
}
