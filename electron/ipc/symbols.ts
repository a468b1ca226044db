import type { Contract } from '#shared/ipc';
import type { KnownSymbols } from '../queries/known-symbols.ts';
import type { Series } from '../queries/series.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls for the symbols of the store, with what is stored of each now or was known at an instant. */
export function symbolHandlers(series: Series, knownSymbols: KnownSymbols): Handlers<Contract['symbols']> {
  return {
    list: () => Promise.resolve(series.list()),
    asOf: ({ at }, signal) => knownSymbols(at, signal),
  };
}
