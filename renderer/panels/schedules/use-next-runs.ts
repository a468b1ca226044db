import { useEffect, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** Typed letters are not asked about one by one, in ms. */
const pause = 150;

/** Times with the zone that they were asked for: what is typed meanwhile may be none. */
export interface FoundRuns {
  readonly runs: readonly number[];
  readonly zone: string;
}

/** When an expression is due next, judged by the store as it is typed; what is wrong with it otherwise. */
export function useNextRuns(cron: string, zone: string): Loadable<FoundRuns> {
  const { schedules } = useWorkbench((state) => state.jobs.calls);
  const [found, setFound] = useState<Loadable<FoundRuns>>({ phase: 'loading' });
  useEffect(() => {
    let isWanted = true;
    const timer = setTimeout(() => {
      const asking = schedules.preview({ cron, zone }).then((runs) => ({ runs, zone }));
      void settle(asking).then((answer) => {
        if (isWanted) setFound(answer);
      });
    }, pause);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [schedules, cron, zone]);
  return found;
}
