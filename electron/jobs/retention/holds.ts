import { isActive, type Hold, type HoldRequest } from '#shared/domain/hold';
import { WorkbenchError } from '#shared/errors';
import { holdsDocument } from '#schemas/documents/holds-document';
import { findDataset } from '#schemas/index';
import { documentText, readDocument } from '../../documents/document-file.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Fs } from '../../platform/fs.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { holdsFile, performanceFolder } from '../../storage/layout.ts';
import { publishFile } from '../../storage/publish-file.ts';
import { checkPattern } from './path-pattern.ts';

export interface Holds {
  /** By time, oldest first; those that were released are left out unless asked for. */
  readonly list: (withReleased?: boolean) => Promise<readonly Hold[]>;
  readonly add: (request: HoldRequest) => Promise<Hold>;
  readonly release: (id: string, by: string) => Promise<Hold>;
  /** Removes something with the holds of this moment in hand: none is added until that is done. */
  readonly whileUnchanged: <T>(act: (active: readonly Hold[]) => Promise<T>) => Promise<T>;
}

/** A store in which nothing is ever held. */
export const noHolds: Pick<Holds, 'whileUnchanged'> = { whileUnchanged: (act) => act([]) };

/**
 * The holds of one store. While their file cannot be read they are unknown, so nothing can be removed: every call fails
 * and names the file.
 */
export function createHolds(fs: Fs, clock: Clock, drawId: () => string): Holds {
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time: a hold that is added while files go would come too late for some of them. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(() => wordingDiskErrors(act));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function change(edit: (holds: readonly Hold[]) => readonly Hold[]): Promise<void> {
    const holds = edit(await read(fs));
    const text = documentText({ version: 1, holds });
    await publishFile(fs, holdsFile, new TextEncoder().encode(text));
  }

  return {
    list: (withReleased = false) =>
      wordingDiskErrors(async () => (await read(fs)).filter((hold) => withReleased || isActive(hold))),
    async add(request) {
      const hold: Hold = {
        ...checked(request),
        id: `hold-${drawId()}`,
        createdMs: clock(),
        releasedMs: null,
        releasedBy: null,
      };
      await inTurn(() => change((holds) => [...holds, hold]));
      return hold;
    },
    release: (id, by) =>
      inTurn(async () => {
        const releasedBy = worded('by', by);
        const known = (await read(fs)).find((hold) => hold.id === id);
        if (known === undefined) throw new WorkbenchError('argument-invalid', `id: there is no hold ${id}`);
        if (!isActive(known))
          throw new WorkbenchError(
            'argument-invalid',
            `id: ${id} was released by ${String(known.releasedBy)}`,
          );
        const released = { ...known, releasedMs: clock(), releasedBy };
        await change((holds) => holds.map((hold) => (hold.id === id ? released : hold)));
        return released;
      }),
    whileUnchanged: (act) => inTurn(async () => act((await read(fs)).filter(isActive))),
  };
}

const holdsKind = {
  path: holdsFile,
  schema: holdsDocument,
  consequence: 'what is held is unknown, so nothing is removed until it is mended',
} as const;

async function read(fs: Fs): Promise<readonly Hold[]> {
  const bytes = await fs.read(holdsFile);
  return bytes === null ? [] : readDocument(new TextDecoder().decode(bytes), holdsKind).holds;
}

function checked(request: HoldRequest): Omit<Hold, 'id' | 'createdMs' | 'releasedMs' | 'releasedBy'> {
  const { symbol = null, dataset = null, from = null, until = null, pattern = null } = request;
  const given = [symbol, dataset, from, until, pattern];
  if (given.every((part) => part === null))
    throw new WorkbenchError('argument-invalid', 'hold: give a symbol, a dataset, a range or a path pattern');
  if (dataset !== null && dataset !== performanceFolder && findDataset(dataset) === undefined)
    throw new WorkbenchError('argument-invalid', `dataset: there is no ${dataset}`);
  if (symbol?.trim() === '') throw new WorkbenchError('argument-invalid', 'symbol: is empty');
  if (from !== null && until !== null && until <= from)
    throw new WorkbenchError('argument-invalid', 'until: is not after from');
  if (pattern !== null) checkPattern('path', pattern);
  return {
    ...{ symbol, dataset, from, until, pattern },
    reason: worded('reason', request.reason),
    owner: worded('owner', request.owner),
  };
}

function worded(argument: string, text: string): string {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed === '') throw new WorkbenchError('argument-invalid', `${argument}: is empty`);
  return trimmed;
}
