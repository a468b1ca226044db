import { nameOfHold, type Hold } from '#shared/domain/hold';
import {
  colderTiers,
  tierIds,
  type TierId,
  type TierMove,
  type TierPlan,
  type TiersSettings,
} from '#shared/domain/tier';
import { DAY } from '#shared/units';
import { rollups } from '#schemas/datasets/rollups';
import { createHash } from 'node:crypto';
import type { FileEntry } from '../../storage/file-entry.ts';
import { tierOf } from '../../storage/layout.ts';
import { heldBy } from '../retention/held-by.ts';

export interface MigrationWish {
  /** Only into this tier; of those that come back, only out of it. */
  readonly tier?: TierId | undefined;
  readonly dataset?: string | undefined;
  readonly timeframe?: string | undefined;
  /** Back into the store itself, however old. */
  readonly isBack?: boolean | undefined;
}

export interface MigrationFacts {
  readonly settings: TiersSettings;
  readonly holds: readonly Hold[];
  readonly nowMs: number;
  /** Why the disk of a file is not there; null when it is. */
  readonly absence: (file: FileEntry) => string | null;
}

/**
 * Decides which merged files move: each into the coldest tier that its newest row is old enough for. Nothing moves to a
 * warmer tier by itself. Loose parts and files of other programs stay until they are merged, which is said of each; rollups,
 * which can be made anew, always stay.
 */
export function planMigration(
  files: Iterable<FileEntry>,
  wish: MigrationWish,
  facts: MigrationFacts,
): TierPlan {
  const moves: TierMove[] = [];
  const kept: { path: string; because: string }[] = [];
  for (const file of files) {
    if (!isWanted(file, wish)) continue;
    const from = tierOf(file.path);
    const to = wish.isBack === true ? 'hot' : tierFor(file, from, facts);
    if (to === from || (wish.tier !== undefined && wish.tier !== (wish.isBack === true ? from : to)))
      continue;
    const because = whyKept(file, facts);
    const { path, dataset, timeframe, partition, rows, sizeBytes } = file;
    if (because === null) moves.push({ path, dataset, timeframe, partition, rows, sizeBytes, from, to });
    else kept.push({ path, because });
  }
  moves.sort(byPath);
  return {
    atMs: facts.nowMs,
    moves,
    kept: kept.sort(byPath),
    rows: moves.reduce((sum, { rows }) => sum + rows, 0),
    sizeBytes: moves.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    digest: digestOf(moves),
  };
}

function isWanted(file: FileEntry, { dataset, timeframe }: MigrationWish): boolean {
  return (
    file.dataset !== rollups.name &&
    (dataset === undefined || file.dataset === dataset) &&
    (timeframe === undefined || file.timeframe === timeframe)
  );
}

function tierFor(file: FileEntry, from: TierId, { settings, nowMs }: MigrationFacts): TierId {
  const newestMs = file.spans.reduce((most, { last }) => Math.max(most, last), -Infinity);
  const isOldEnough = (tier: (typeof colderTiers)[number]) =>
    settings[tier].isOn && newestMs < nowMs - settings[tier].afterDays * DAY;
  const coldest = colderTiers.filter(isOldEnough).at(-1) ?? 'hot';
  return tierIds.indexOf(coldest) > tierIds.indexOf(from) ? coldest : from;
}

function whyKept(file: FileEntry, { holds, absence }: MigrationFacts): string | null {
  const absent = absence(file);
  if (absent !== null) return absent;
  const hold = heldBy(holds, file);
  if (hold !== null) return `held: ${nameOfHold(hold)}`;
  if (file.level === 'part') return 'it is loose: it moves once it has been merged';
  // Moving writes a file anew in our columns; what else is in it would be lost.
  return file.shape === undefined ? null : 'another program wrote it: it moves once it has been merged';
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

function digestOf(moves: readonly TierMove[]): string {
  const named = moves.map(({ path, to, rows, sizeBytes }) => [path, to, rows, sizeBytes]);
  return createHash('sha256').update(JSON.stringify(named)).digest('hex');
}
