import type { ExpectedGap, ExpectedGapRequest } from '#shared/domain/quality';
import { WorkbenchError } from '#shared/errors';
import { expectedGapsDocument } from '#schemas/documents/expected-gaps';
import type { Clock } from '../platform/clock.ts';
import { documentFile } from './document-file.ts';

/** Gaps of a store that somebody said are expected, kept in one file of it. */
export interface ExpectedGaps {
  /** In the order in which they were marked; those that were taken back are left out unless asked for. */
  readonly list: (withWithdrawn?: boolean) => Promise<readonly ExpectedGap[]>;
  /** Durable when it answers. */
  readonly mark: (request: ExpectedGapRequest) => Promise<ExpectedGap>;
  readonly withdraw: (id: string) => Promise<ExpectedGap>;
}

/** `path` is relative to the store. A file that cannot be read fails every call, and is not written over. */
export function createExpectedGaps(
  root: string,
  path: string,
  clock: Clock,
  drawId: () => string,
): ExpectedGaps {
  const file = documentFile(root, {
    path,
    schema: expectedGapsDocument,
    consequence: 'it says which gaps are expected',
  });
  let last: Promise<unknown> = Promise.resolve();

  const read = async () => (await file.read())?.gaps ?? [];

  /** One change at a time: each begins with what the one before has written. */
  function change<T>(
    edit: (gaps: readonly ExpectedGap[]) => readonly [readonly ExpectedGap[], T],
  ): Promise<T> {
    const turn = last.then(async () => {
      const [gaps, answer] = edit(await read());
      await file.write({ version: 1, gaps });
      return answer;
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    list: async (withWithdrawn = false) =>
      (await read()).filter(({ withdrawnMs }) => withWithdrawn || withdrawnMs === null),
    mark: (request) => {
      const gap = { ...checked(request), id: `gap-${drawId()}`, createdMs: clock(), withdrawnMs: null };
      return change((gaps) => [[...gaps, gap], gap]);
    },
    withdraw: (id) =>
      change((gaps) => {
        const known = gaps.find((gap) => gap.id === id);
        if (known === undefined) throw new WorkbenchError('argument-invalid', `id: there is no mark ${id}`);
        if (known.withdrawnMs !== null)
          throw new WorkbenchError('argument-invalid', `id: ${id} was taken back already`);
        const withdrawn = { ...known, withdrawnMs: clock() };
        return [gaps.map((gap) => (gap.id === id ? withdrawn : gap)), withdrawn];
      }),
  };
}

function checked({ symbol, timeframe, from, until, reason }: ExpectedGapRequest): ExpectedGapRequest {
  const words = reason.trim().replace(/\s+/g, ' ');
  if (words === '') throw new WorkbenchError('argument-invalid', 'reason: is empty');
  if (until <= from) throw new WorkbenchError('argument-invalid', 'until: is not after from');
  return { symbol, timeframe, from, until, reason: words };
}
