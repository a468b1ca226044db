import type { Store } from '../../../electron/storage/store.ts';
import type { Account, Write, WrittenRow } from './ledger.ts';
import { filesOf, type ModelDisk } from './model-disk.ts';
import type { Holdings } from './read-back.ts';

/**
 * What is wrong with a store, in words; empty when every acknowledged row is there exactly once, nothing is there that
 * was not written, of two rows with one key the later one counts, and each write happened as a whole or not at all.
 */
export function violations(
  { writes, acknowledged }: Account,
  { visible, places, faults }: Holdings,
): string[] {
  const happened = writes.filter(
    (write) => acknowledged.has(write) || write.rows.some(({ key, number }) => visible.get(key) === number),
  );
  const expected = rowsAfter(happened);
  const wrong: string[] = [...faults];
  for (const [key, row] of expected) {
    const found = visible.get(key);
    if (found === undefined) wrong.push(`row ${row.number} (${key}) is missing`);
    else if (found !== row.number) wrong.push(`${key} is row ${found} instead of ${row.number}`);
  }
  const known = new Set(writes.flatMap(({ rows }) => rows.map(({ number }) => number)));
  for (const [key, number] of visible) {
    if (!known.has(number)) wrong.push(`row ${number} (${key}) was never written`);
    else if (!expected.has(key)) wrong.push(`row ${number} (${key}) is there, but was replaced`);
  }
  for (const [number, holders] of places) {
    if (holders.length > 1) wrong.push(`row ${number} is in ${holders.join(' and ')}`);
  }
  return wrong;
}

function rowsAfter(writes: readonly Write[]): ReadonlyMap<string, WrittenRow> {
  const rows = new Map<string, WrittenRow>();
  for (const write of writes) {
    for (const [key, row] of rows) if (write.replaces(row)) rows.delete(key);
    for (const row of write.rows) rows.set(row.key, row);
  }
  return rows;
}

/**
 * Files where data lies that should not be there any more: half-written ones, and those that were moved to the trash.
 * A file that was whole but never committed may stay: it is for the scan of foreign files to decide.
 */
export function strayFiles({ catalog }: Store, disk: ModelDisk): string[] {
  return [...filesOf(disk).keys()].filter(
    (path) =>
      /^(archive\/|cold\/)?(data|objects)\//.test(path) &&
      (/\/\.[^/]*$/.test(path) || catalog.deadFile(path)?.place === 'trash'),
  );
}
