import { resolve } from 'node:path';

const lastTurns = new Map<string, Promise<unknown>>();

/** One at a time for a folder: what an earlier backup left there is put away before the next one begins. */
export function inBackupTurn<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const place = resolve(folder);
  const turn = (lastTurns.get(place) ?? Promise.resolve()).then(act);
  lastTurns.set(
    place,
    turn.catch(() => undefined),
  );
  return turn;
}
