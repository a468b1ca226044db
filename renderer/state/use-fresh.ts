import { useCallback, useEffect, useRef, useState } from 'react';
import { settle, type Loadable } from '../data/problem.ts';
import { liveJobs } from './jobs-slice.ts';
import { useWorkbench } from './use-workbench.ts';

/** A store that is written to all the time is read again at most this often, in ms, unless said otherwise. */
const interval = 700;

/** What a call answers, read again when the store has changed or a job begins or ends. `ask` must stay the same. */
export function useFresh<T>(ask: () => Promise<T>, intervalMs = interval) {
  const changedAt = useWorkbench((state) => state.catalog.changedAt);
  const liveCount = useWorkbench((state) => liveJobs(state.jobs).length);
  const [found, setFound] = useState<Loadable<T>>({ phase: 'loading' });
  const latest = useRef(0);
  const load = useCallback(async () => {
    const ticket = ++latest.current;
    const answer = await settle(ask());
    if (ticket === latest.current) setFound(answer);
  }, [ask]);
  useEffect(() => {
    void load();
  }, [load]);
  useEffect(() => {
    const timer = setTimeout(() => void load(), intervalMs);
    return () => clearTimeout(timer);
  }, [changedAt, liveCount, intervalMs, load]);
  return { found, load };
}
