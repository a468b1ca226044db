import type { ExportPlan, ExportRequest } from '#shared/domain/export-plan';
import type { ExportProfile } from '#shared/domain/export-profile';
import { useCallback, useEffect, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** Nobody wants to be told what is wrong with half a word. */
const quietMs = 400;

interface Answered {
  readonly key: string;
  readonly round: number;
  readonly plan: Loadable<ExportPlan>;
}

/**
 * What an export would do, looked at again a moment after the request or its profile has changed, or when `look` is
 * called. What was seen last stays until there is newer.
 */
export function usePlan(request: ExportRequest | null, profile: ExportProfile | null) {
  const calls = useWorkbench((state) => state.exports.calls);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [round, setRound] = useState(0);
  const key = request === null || profile === null ? null : JSON.stringify([request, profile]);

  useEffect(() => {
    if (key === null) return undefined;
    let isLatest = true;
    const timer = setTimeout(() => {
      const [asked] = JSON.parse(key) as [ExportRequest];
      void settle(calls.plan(asked)).then((plan) => {
        if (isLatest) setAnswered({ key, round, plan });
      });
    }, quietMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [calls, key, round]);

  return {
    plan: key === null ? null : (answered?.plan ?? null),
    isLooking: key !== null && (answered?.key !== key || answered.round !== round),
    look: useCallback(() => setRound((last) => last + 1), []),
  };
}
