import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { askDuckDb } from '../helpers/parquet.ts';
import { fiveMinutes, objectRow } from '../helpers/rows.ts';

const current = 'objects/current/objects.parquet';

/** What a program finds that reads no more than the file of current objects. */
const statesIn = ({ folder }: TestStore) =>
  askDuckDb('SELECT object_id, action, y_max FROM read_parquet($1) ORDER BY 1', join(folder, current));

const zone = (id: string, place: number, change: object = {}) =>
  objectRow({ object_id: id, event_ts: fiveMinutes(place), ...change });

it('has the latest state of every object once the store is closed, and can be made anew from events', async () => {
  const store = await openTestStore();
  await store.appendObjects(zone('a', 0), zone('b', 0), zone('a', 2, { action: 'close', y_max: 14 }));
  await store.compact({ dataset: 'objects' });
  await store.appendObjects(zone('a', 1, { action: 'update', y_max: 13 }), zone('b', 1, { y_max: 15 }));
  const expected = [
    ['a', 'close', 14],
    ['b', 'create', 15],
  ];
  await store.close();
  expect(await statesIn(store)).toEqual(expected);

  await rm(join(store.folder, current));
  const again = await openTestStore({ folder: store.folder });
  expect(await again.client.objects.rebuild({})).toEqual({ objects: 2 });
  expect(await statesIn(store)).toEqual(expected);
  expect((await again.client.verify.run({ deep: true })).problems).toEqual([]);
});

it('catches up when it is older than the events, as after a kill, and is left alone when it is not', async () => {
  const store = await openTestStore();
  await store.appendObjects(zone('a', 0));
  await store.close();
  const old = await readFile(join(store.folder, current));
  const second = await openTestStore({ folder: store.folder });
  await second.appendObjects(zone('a', 1, { y_max: 13 }));
  await second.close();
  await writeFile(join(store.folder, current), old);
  const third = await openTestStore({ folder: store.folder });
  await third.close();
  expect(await statesIn(store)).toEqual([['a', 'create', 13]]);
  const { mtimeMs } = await stat(join(store.folder, current));
  const fourth = await openTestStore({ folder: store.folder });
  await fourth.close();
  expect((await stat(join(store.folder, current))).mtimeMs).toBe(mtimeMs);
});
