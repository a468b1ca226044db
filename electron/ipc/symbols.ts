import type { Contract } from '#shared/ipc';
import type { Series } from '../queries/series.ts';
import type { Handlers } from './handlers.ts';

export function symbolHandlers(series: Series): Handlers<Contract['symbols']> {
  return { list: () => Promise.resolve(series.list()) };
}
