import type { ScheduleList } from '#shared/domain/schedule';
import { useCallback, useEffect, useRef, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** The schedules of the store, read again whenever one was changed or run. What is shown stays until there is newer. */
export function useSchedules() {
  const { schedules } = useWorkbench((state) => state.jobs.calls);
  const [found, setFound] = useState<Loadable<ScheduleList>>({ phase: 'loading' });
  const latest = useRef(0);
  const load = useCallback(async () => {
    const ticket = ++latest.current;
    const answer = await settle(schedules.list({}));
    if (ticket === latest.current) setFound(answer);
  }, [schedules]);
  useEffect(() => {
    void load();
    return schedules.changed(() => void load());
  }, [load, schedules]);
  return { found, load };
}
