import type { ObjectState } from '#shared/domain/chart-object';
import { payloadOf } from './object-tone.ts';

/** What a marker marks of a trade. */
export type MarkerRole = 'entry' | 'exit' | 'stop' | 'other';

const roles: Readonly<Record<string, MarkerRole>> = {
  entry: 'entry',
  open: 'entry',
  buy: 'entry',
  exit: 'exit',
  close: 'exit',
  sell: 'exit',
  target: 'exit',
  'take-profit': 'exit',
  take_profit: 'exit',
  stop: 'stop',
  'stop-loss': 'stop',
  stop_loss: 'stop',
  stopped: 'stop',
};

/** By the first word of its payload that says so. `side` says it only where nothing else does. */
export function markerRoleOf(object: ObjectState): MarkerRole {
  const { kind, type, role, action, side } = payloadOf(object);
  for (const value of [kind, type, role, action, side]) {
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    if (Object.hasOwn(roles, word)) return roles[word] ?? 'other';
  }
  return 'other';
}

/** A short position is entered by selling and left by buying. */
export function isShort(object: ObjectState): boolean {
  const { kind, type, role, action, side } = payloadOf(object);
  const named = [kind, type, role, action].some(
    (value) => typeof value === 'string' && Object.hasOwn(roles, value.toLowerCase()),
  );
  return named && typeof side === 'string' && ['short', 'sell'].includes(side.toLowerCase());
}
