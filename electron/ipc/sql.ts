import type { Contract } from '#shared/ipc';
import type { SavedQueries } from '../documents/saved-queries.ts';
import type { UserQueries } from '../queries/sql/user-queries.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on the user's SQL: queries, the results that are kept of them, and those that are saved. */
export function sqlHandlers(queries: UserQueries, saved: SavedQueries): Handlers<Contract['sql']> {
  return {
    run: (request, signal) => queries.run(request, signal),
    page: ({ result, from, rows, sort }) => queries.page(result, from, rows, sort),
    statistics: ({ result, column }) => queries.statistics(result, column),
    export: ({ result, ...request }) => queries.write(result, request),
    cancel: ({ tab }) => {
      queries.cancel(tab);
      return Promise.resolve(null);
    },
    release: ({ tab }) => {
      queries.release(tab);
      return Promise.resolve(null);
    },
    schema: () => queries.schema(),
    savedQueries: () => saved.list(),
    saveQuery: ({ name, text }) => saved.save(name, text),
    deleteQuery: ({ name }) => saved.remove(name),
  };
}
