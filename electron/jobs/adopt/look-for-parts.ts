import { readFooters } from '../../engine/inspect-files.ts';
import { dataFolders, parseDataPath } from '../../storage/layout.ts';
import { walkFolders, type WalkedFile } from '../../storage/walk-files.ts';
import { isCandidate, type AdoptionStep } from './adoption-parts.ts';
import { bury, isSpentOutput, type LeftoverParts } from './leftovers.ts';

export interface LookForPartsParts extends AdoptionStep {
  readonly leftoverParts: LeftoverParts;
  /** Told of a part that the store does not have. */
  readonly onPart: (path: string) => void;
}

/** Goes through all folders of the store for parts that it does not have, and settles what else it does not know. */
export function lookingForParts(parts: LookForPartsParts): () => Promise<void> {
  const { store, root, storeId, locks, engine, note, leftoverParts, onPart } = parts;

  async function scan(): Promise<void> {
    const others: string[] = [];
    for (const top of dataFolders) {
      for await (const walked of walkFolders(store.fs, top)) {
        if ('reason' in walked) note(`${walked.folder} cannot be looked through: ${walked.reason}`);
        else for (const file of walked.files) lookAt(file, others);
      }
    }
    if (others.length > 0) await settleOutputs(others);
  }

  function lookAt({ path, kind }: WalkedFile, others: string[]): void {
    if (isCandidate(store, path)) {
      if (kind === 'file') onPart(path);
      else note(`${path} was left alone: it is a link; links are not followed`);
    } else if (kind === 'file' && isUnknownFile(path)) others.push(path);
  }

  function isUnknownFile(path: string): boolean {
    const isKnown = store.catalog.get(path) !== undefined || store.catalog.deadFile(path) !== undefined;
    return !isKnown && parseDataPath(path) !== null;
  }

  /** Compacted files that no record speaks of: a job was cut short before its switch, or someone put them there. */
  async function settleOutputs(paths: readonly string[]): Promise<void> {
    const reader = await engine();
    const { found } = await readFooters(reader, root, paths);
    for (const path of paths) {
      const parsed = parseDataPath(path);
      const sizeBytes = await store.fs.size(path);
      if (sizeBytes === null || parsed === null) continue;
      const file = { ...parsed, path, dataset: parsed.dataset.name, sizeBytes };
      const { dataset, timeframe, partition } = parsed;
      const unlock = locks.tryTake({ dataset, timeframe, period: partition });
      try {
        // A job that is at work here has given its file a name and not yet its record.
        if (unlock === null || !isUnknownFile(path)) continue;
        if (isSpentOutput(leftoverParts, found.get(path)?.metadata ?? {}, storeId))
          await bury(leftoverParts, [{ file, rows: 0, replacedBy: null }]);
        else note(`${path} is not part of the store: run "tapedeck adopt" to take it in`);
      } finally {
        unlock?.();
      }
    }
  }

  return scan;
}
