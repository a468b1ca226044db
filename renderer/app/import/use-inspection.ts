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
 * What an import would come to, read again a moment after the request has changed or `look` is called: the start of the
 * files at first, then all of them. A newer look ends the one before; what was seen last stays until then.
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
      const ask = async (isGlimpse: boolean) => {
        const inspection = await settle(calls.inspect({ ...asked, look, isGlimpse }));
        if (!isLatest) return;
        setAnswered({ key, round, inspection });
        if (inspection.phase === 'ready' && inspection.value.isPartial) await ask(false);
      };
      void ask(true);
    }, quietMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
      void calls.endLook({ look }).catch(() => undefined);
    };
  }, [calls, key, look, round]);

  const isSameFiles = key !== null && answered !== null && filesOf(answered.key) === filesOf(key);
  const isAnswered = answered !== null && answered.key === key && answered.round === round;
  const isPartial = answered?.inspection.phase === 'ready' && answered.inspection.value.isPartial;
  return {
    inspection: isSameFiles ? answered.inspection : null,
    /** Whether it is of what is asked for now, of the whole files or of their start. */
    isAnswered,
    isLooking: key !== null && (!isAnswered || isPartial),
    look: useCallback(() => setRound((last) => last + 1), []),
  };
}

function filesOf(key: string): string {
  return (JSON.parse(key) as ImportRequest).files.join('\n');
}
