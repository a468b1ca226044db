import { describeFault } from '#shared/describe-fault';
import type { Caller } from '#shared/domain/job';
import { replyOf, WorkbenchError, type Reply } from '#shared/errors';
import { channels } from '#shared/ipc';
import type { StoreHandlers, WindowHandlers } from './handlers.ts';

type Handle = (args: unknown, signal: AbortSignal, caller: Caller) => Promise<unknown>;

const calls = new Map(
  channels.flatMap(({ channel, space, name, entry }) =>
    entry.kind === 'call' ? [[channel, { space, name, args: entry.args }] as const] : [],
  ),
);

/** Checks the arguments of one call, runs its handler, and turns whatever happens into a reply. */
export async function dispatch(
  handlers: Partial<StoreHandlers & WindowHandlers>,
  channel: string,
  args: unknown,
  signal: AbortSignal = new AbortController().signal,
  caller: Caller = 'window',
): Promise<Reply<unknown>> {
  try {
    const target = calls.get(channel);
    const table = handlers as Record<string, Record<string, Handle> | undefined>;
    const handle = target === undefined ? undefined : table[target.space]?.[target.name];
    if (target === undefined || handle === undefined) {
      throw new WorkbenchError('argument-invalid', `There is no call named ${channel}`);
    }
    const checked = target.args.safeParse(args);
    if (!checked.success) {
      throw new WorkbenchError('argument-invalid', `${channel}: ${describeFault(checked.error)}`);
    }
    return { ok: true, value: await handle(checked.data, signal, caller) };
  } catch (error) {
    return replyOf(error);
  }
}
