import { replyOf, WorkbenchError } from '#shared/errors';

type CallStore = (channel: string, args: unknown) => Promise<unknown>;

/** The same calls, but that a page has nothing imported: it names files by paths that no user has chosen. */
export function refuseImports(call: CallStore): CallStore {
  return (channel, args) => {
    if (!channel.startsWith('imports.')) return call(channel, args);
    const reason = `${channel}: files are imported by the command line, tapedeck import`;
    return Promise.resolve(replyOf(new WorkbenchError('permission-denied', reason)));
  };
}
