import { replyOf, unwrap, WorkbenchError, type Reply } from '#shared/errors';
import { sqlLimits, type ColumnStatistics, type ResultFormat, type SqlSort } from '#shared/domain/sql';
import type { SqlPage } from '#shared/domain/sql-page';
import { MIB } from '#shared/units';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryAnswer, QueryRequest } from '../../engine/user-sql/user-sql.ts';
import type { Child, StartChild } from '../../platform/child.ts';

export type SqlTask =
  | { readonly kind: 'run'; readonly request: QueryRequest }
  | { readonly kind: 'page'; readonly from: number; readonly rows: number; readonly sort: SqlSort | null }
  | { readonly kind: 'statistics'; readonly column: number }
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly format: ResultFormat;
      readonly sort: SqlSort | null;
    }
  | { readonly kind: 'functions' }
  | { readonly kind: 'interrupt' };

export interface SqlRequest {
  readonly id: number;
  readonly spillFolder: string;
  readonly task: SqlTask;
}

export type SqlReply = { readonly id: number } & Reply<unknown>;

/** The last words of a process that ends itself because it has grown too large. */
export interface SqlFarewell {
  readonly isTooLarge: true;
}

const memoryExceeded = `The query was stopped: its process held more than ${sqlLimits.processBytes / 1_024 / MIB} GiB`;

/** A query that does not heed its interruption is ended with its process after this long. */
const interruptGraceMs = 750;

/** One process for the queries of one tab. Whatever it does, the process that owns the store goes on. */
export interface SqlProcess {
  /** Rejects with `cancelled` at once when aborted, with `query-stopped` when its time is up. */
  readonly run: (request: QueryRequest, timeoutMs: number, signal: AbortSignal) => Promise<QueryAnswer>;
  readonly page: (from: number, rows: number, sort: SqlSort | null) => Promise<SqlPage>;
  readonly statistics: (column: number) => Promise<ColumnStatistics>;
  /** Answers how many rows were written. */
  readonly write: (path: string, format: ResultFormat, sort: SqlSort | null) => Promise<number>;
  readonly functions: () => Promise<readonly string[]>;
  /** False once it has ended, with the result it kept. */
  readonly isAlive: () => boolean;
  /** True while it still works at a query that was given up: it may have to be ended. */
  readonly isStopping: () => boolean;
  readonly close: () => void;
}

/** Starts it at once; `close` must be called. What is asked of one that has ended throws `result-gone`. */
export function startSqlProcess(startChild: StartChild): SqlProcess {
  const spillFolder = join(tmpdir(), `tapedeck-sql-${randomUUID()}`);
  const child: Child = startChild('sql');
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  let nextId = 1;
  let isAlive = true;
  let isStopping = false;
  let isTooLarge = false;
  let hasExited = false;

  child.onMessage((message) => {
    const said = message as SqlReply | SqlFarewell;
    if ('isTooLarge' in said) {
      isAlive = false;
      isTooLarge = true;
      return;
    }
    const { id, ...reply } = said;
    waiting.get(id)?.(reply);
    waiting.delete(id);
  });
  child.onExit((reason) => {
    isAlive = false;
    hasExited = true;
    const why = isTooLarge ? memoryExceeded : `The query's process ended before it was done (${reason})`;
    const gone = new WorkbenchError('query-stopped', why);
    for (const settle of waiting.values()) settle(replyOf(gone));
    waiting.clear();
    // A process that was killed leaves what it had put aside.
    rm(spillFolder, { recursive: true, force: true }).catch(() => undefined);
  });

  async function ask(task: SqlTask): Promise<unknown> {
    const id = nextId++;
    const reply = await new Promise<Reply<unknown>>((resolve) => {
      if (!isAlive) {
        resolve(replyOf(new WorkbenchError('result-gone', 'Run the query again to see its rows')));
        return;
      }
      waiting.set(id, resolve);
      child.post({ id, spillFolder, task } satisfies SqlRequest);
    });
    return unwrap(reply);
  }

  function close(): void {
    isAlive = false;
    if (!hasExited) child.kill();
    rm(spillFolder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Ends a query that goes on after its caller has been told that it does not. */
  function interrupt(answered: Promise<unknown>): void {
    isStopping = true;
    ask({ kind: 'interrupt' }).catch(() => undefined);
    const timer = setTimeout(close, interruptGraceMs);
    const settled = () => {
      isStopping = false;
      clearTimeout(timer);
    };
    answered.then(settled, settled);
  }

  return {
    async run(request, timeoutMs, signal) {
      if (signal.aborted) throw cancelled();
      const answered = ask({ kind: 'run', request });
      let timer: NodeJS.Timeout | undefined;
      const stopped = new Promise<never>((_resolve, reject) => {
        const stop = (error: WorkbenchError) => {
          interrupt(answered);
          reject(error);
        };
        timer = setTimeout(() => stop(timeIsUp(timeoutMs)), timeoutMs);
        signal.addEventListener('abort', () => stop(cancelled()), { once: true });
      });
      try {
        return (await Promise.race([answered, stopped])) as QueryAnswer;
      } finally {
        clearTimeout(timer);
      }
    },
    page: async (from, rows, sort) => (await ask({ kind: 'page', from, rows, sort })) as SqlPage,
    statistics: async (column) => (await ask({ kind: 'statistics', column })) as ColumnStatistics,
    write: async (path, format, sort) => (await ask({ kind: 'write', path, format, sort })) as number,
    functions: async () => (await ask({ kind: 'functions' })) as readonly string[],
    isAlive: () => isAlive,
    isStopping: () => isStopping,
    close,
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The query was cancelled');
}

function timeIsUp(timeoutMs: number): WorkbenchError {
  return new WorkbenchError(
    'query-stopped',
    `The query was stopped after ${timeoutMs / 1_000} s, which is the time it may take`,
  );
}
