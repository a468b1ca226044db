import { laterWins } from '../../engine/later-wins.ts';
import type { FindingList } from './finding-list.ts';
import { rowsAt, type WrittenRows } from './written-rows.ts';

/** What is left when each bar counts once, and how many rows were not valid as they were written. */
export interface JudgedWrites {
  /** Sorted, each open once. */
  readonly rows: WrittenRows;
  /** By place in `rows`: 1 where the row that counts is out of order in its file. */
  readonly isDisordered: Uint8Array;
  /** Rows that gave way to a later one with other values. */
  readonly overwritten: number;
}

/** Finds bars that were written more than once, and rows that stand behind a later one in their file. */
export function judgeWrites(written: WrittenRows, list: FindingList): JudgedWrites {
  const places = laterWins(written.ts);
  if (places === null) {
    return { rows: written, isDisordered: new Uint8Array(written.ts.length), overwritten: 0 };
  }
  const rows = rowsAt(written, places);
  const disordered = disorderedRows(written);
  const isDisordered = new Uint8Array(places.length);
  const wins = new Uint8Array(written.ts.length);
  places.forEach((place, index) => {
    wins[place] = 1;
    if (disordered[place] === 0) return;
    isDisordered[index] = 1;
    list.add('disorder', index, rows.ts[index] ?? 0, () => `in ${fileName(written, place)}`);
  });
  return { rows, isDisordered, overwritten: findRepeats(written, places, wins, list) };
}

/** Of rows in one file: 1 where an earlier row has a later open. */
function disorderedRows({ ts, file }: WrittenRows): Uint8Array {
  const found = new Uint8Array(ts.length);
  let latest = -Infinity;
  for (let index = 0; index < ts.length; index += 1) {
    // What is only in memory has no order of its own.
    if (index === 0 || file[index] !== file[index - 1] || (file[index] ?? -1) < 0) latest = -Infinity;
    if ((ts[index] ?? 0) < latest) found[index] = 1;
    latest = Math.max(latest, ts[index] ?? latest);
  }
  return found;
}

/** Compares rows that gave way with the one that counts; answers how many of them had other values. */
function findRepeats(written: WrittenRows, places: Uint32Array, wins: Uint8Array, list: FindingList): number {
  const losers: { readonly index: number; readonly place: number }[] = [];
  wins.forEach((isWinner, place) => {
    if (isWinner === 0) losers.push({ index: indexOf(written, places, written.ts[place] ?? 0), place });
  });
  losers.sort((a, b) => a.index - b.index || a.place - b.place);
  let overwritten = 0;
  for (const { index, place } of losers) {
    const winner = places[index] ?? 0;
    const ts = written.ts[place] ?? 0;
    const changed = valueNames.filter((name) => !Object.is(written[name][place], written[name][winner]));
    const [name] = changed;
    if (name === undefined) {
      list.add('repeat', index, ts, () => `in ${fileName(written, place)} and ${fileName(written, winner)}`);
      continue;
    }
    overwritten += 1;
    list.add(
      'conflict',
      index,
      ts,
      () =>
        `${name} ${written[name][place] ?? ''} in ${fileName(written, place)}, then ${written[name][winner] ?? ''} in ${fileName(written, winner)}, which counts`,
    );
  }
  return overwritten;
}

const valueNames = ['open', 'high', 'low', 'close', 'volume'] as const;

function indexOf({ ts }: WrittenRows, places: Uint32Array, wanted: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ts[places[middle] ?? 0] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fileName({ file, files }: WrittenRows, place: number): string {
  return files[file[place] ?? -1] ?? 'the log';
}
