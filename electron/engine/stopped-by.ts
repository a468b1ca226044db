import type { Engine } from './engine.ts';

/** The same engine, for work all of whose queries end when the signal is aborted; they throw `cancelled` then. */
export function stoppedBy(engine: Engine, signal: AbortSignal): Engine {
  return {
    ...engine,
    numbers: (sql, values) => engine.numbers(sql, values, signal),
    rows: (sql, values) => engine.rows(sql, values, signal),
    run: (sql, values) => engine.run(sql, values, signal),
  };
}
