import type { Contract } from '#shared/ipc';
import type { Series } from '../queries/series.ts';
import type { Handlers } from './handlers.ts';

/** Answers the call for the symbols of the store, with what is stored of each. */
export function symbolHandlers(series: Series): Handlers<Contract['symbols']> {
  return { list: () => Promise.resolve(series.list()) };
}
