import type { ImportInspection, ImportRequest } from '#shared/domain/import';
import { useCallback, useEffect, useId, useState } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { useWorkbench } from '../../state/use-workbench.ts';

/** Nobody wants files read anew for every letter of a symbol. */
const quietMs = 300;

interface Answered {
  readonly key: string;
  readonly round: number;
  readonly inspection: Loadable<ImportInspection>;
}

/**
 * What an import would come to, read again a moment after the request has changed or `look` is called. A newer look
 * ends the one before; what was seen last stays until then.
 */
export function useInspection(request: ImportRequest | null) {
  const calls = useWorkbench((state) => state.imports.calls);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [round, setRound] = useState(0);
  const look = `look-${useId()}`;
  const key = request === null ? null : JSON.stringify(request);

  useEffect(() => {
    if (key === null) return undefined;
    let isLatest = true;
    const timer = setTimeout(() => {
      const asked = JSON.parse(key) as ImportRequest;
      void settle(calls.inspect({ ...asked, look })).then((inspection) => {
        if (isLatest) setAnswered({ key, round, inspection });
      });
    }, quietMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
      void calls.endLook({ look }).catch(() => undefined);
    };
  }, [calls, key, look, round]);

  const isSameFiles = key !== null && answered !== null && filesOf(answered.key) === filesOf(key);
  return {
    inspection: isSameFiles ? answered.inspection : null,
    isLooking: key !== null && (answered?.key !== key || answered.round !== round),
    look: useCallback(() => setRound((last) => last + 1), []),
  };
}

function filesOf(key: string): string {
  return (JSON.parse(key) as ImportRequest).files.join('\n');
}
