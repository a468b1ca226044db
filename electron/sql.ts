import { replyOf } from '#shared/errors';
import { sqlLimits } from '#shared/domain/sql';
import { UserSql } from './engine/user-sql/user-sql.ts';
import { parentPort } from './platform/parent-port.ts';
import { endMeFirst, watchMemory } from './platform/watch-memory.ts';
import type { SqlFarewell, SqlReply, SqlRequest, SqlTask } from './queries/sql/sql-process.ts';

/** The program that runs the user's own SQL, which may take all memory, never end, or crash. */
const port = parentPort();
let sql: Promise<UserSql> | undefined;
let running = new AbortController();
let last: Promise<void> = Promise.resolve();

void endMeFirst();

port.onMessage((message) => {
  const request = message as SqlRequest;
  // Not in its turn: it ends the one whose turn it is.
  if (request.task.kind === 'interrupt') {
    running.abort();
    reply({ id: request.id, ok: true, value: null });
    return;
  }
  last = last.then(() => serve(request));
});

// Some of DuckDB's functions pass its own limit and cannot be interrupted.
watchMemory(sqlLimits.processBytes, () => {
  port.post({ isTooLarge: true } satisfies SqlFarewell);
  // The words go out by then; memory is not waited for longer.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20);
});

async function serve({ id, spillFolder, task }: SqlRequest): Promise<void> {
  running = new AbortController();
  try {
    sql ??= UserSql.open(spillFolder);
    reply({ id, ok: true, value: await perform(await sql, task, running.signal) });
  } catch (error) {
    reply({ id, ...replyOf(error) });
  }
}

function perform(open: UserSql, task: SqlTask, signal: AbortSignal): Promise<unknown> {
  switch (task.kind) {
    case 'run':
      return open.run(task.request, signal);
    case 'page':
      return open.page(task.from, task.rows, task.sort);
    case 'statistics':
      return open.statistics(task.column);
    case 'write':
      return open.write(task.path, task.format, task.sort);
    case 'functions':
      return open.functions();
    case 'interrupt':
      return Promise.resolve(null);
  }
}

function reply(message: SqlReply): void {
  port.post(message);
}
