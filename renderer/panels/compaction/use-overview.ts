import type { CompactionLevel, CompactionOverview } from '#shared/domain/compaction';
import { useCallback, useEffect, useRef, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** Rows come in faster than anybody reads: the list is read again at most this often, in ms. */
const interval = 700;

/** What has something to merge; follows the store. What is shown stays until there is newer. */
export function useOverview(level: CompactionLevel) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const changedAt = useWorkbench((state) => state.catalog.changedAt);
  const [overview, setOverview] = useState<Loadable<CompactionOverview>>({ phase: 'loading' });
  const latest = useRef(0);

  const load = useCallback(async () => {
    const ticket = ++latest.current;
    const found = await settle(calls.compaction.overview({ level }));
    if (ticket === latest.current) setOverview(found);
  }, [calls, level]);

  useEffect(() => {
    void load();
  }, [load]);
  useEffect(() => {
    if (changedAt === null) return undefined;
    const timer = setTimeout(() => void load(), interval);
    return () => clearTimeout(timer);
  }, [changedAt, load]);

  return { overview, load };
}
