import type { Client } from '#shared/ipc';
import { problemOf } from '../data/problem.ts';
import type { WorkbenchStore } from '../state/store.ts';
import { readLayouts } from './saved-layouts.ts';

/** Reads the layouts that were saved, saves them at once when they change here, and follows the other windows. */
export async function keepLayouts(store: WorkbenchStore, client: Client): Promise<void> {
  const { layouts } = store.getState();
  let isTakingOver = false;
  const takeOver = (text: string | null) => {
    isTakingOver = true;
    layouts.noteList(readLayouts(text));
    isTakingOver = false;
  };
  client.layouts.changed(({ text }) => takeOver(text));
  takeOver(await client.layouts.load({}).catch(() => null));
  store.subscribe(({ layouts: { list }, window }, before) => {
    if (list === before.layouts.list || isTakingOver) return;
    client.layouts.save({ text: JSON.stringify(list) }).catch((error: unknown) => {
      window.say({ tone: 'bad', text: `The layouts were not saved: ${problemOf(error).message}` });
    });
  });
}
