import { describe, expect, it } from 'vitest';
import {
  createCompactor,
  type CompactorReply,
  type CompactorRequest,
} from '../../../../electron/jobs/compactor.ts';
import type { MergeRequest } from '../../../../electron/engine/merge-files.ts';

interface FakeChild {
  readonly asked: CompactorRequest[];
  readonly answer: (reply: CompactorReply) => void;
  /** As when it crashes, or is gone after it was killed. */
  readonly exit: (reason: string) => void;
  isKilled: boolean;
}

function setup() {
  const children: FakeChild[] = [];
  const compactor = createCompactor(() => {
    let answer: (message: unknown) => void = () => undefined;
    let exit: (reason: string) => void = () => undefined;
    const child: FakeChild = {
      asked: [],
      answer: (reply) => answer(reply),
      exit: (reason) => exit(reason),
      isKilled: false,
    };
    children.push(child);
    return {
      post: (message) => child.asked.push(message as CompactorRequest),
      onMessage: (listener) => (answer = listener),
      onExit: (listener) => (exit = listener),
      kill: () => (child.isKilled = true),
    };
  });
  const merge = (output: string, signal?: AbortSignal) =>
    compactor.merge(
      'candles',
      { inputs: [], output, metadata: {}, globalX: [] } satisfies MergeRequest,
      signal,
    );
  return { children, compactor, merge };
}

describe('createCompactor', () => {
  it('fails what a process was at when it ended by itself', async () => {
    const { children, merge } = setup();
    const merging = merge('a');
    children[0]!.exit('SIGSEGV');
    await expect(merging).rejects.toMatchObject({
      code: 'unexpected',
      message: expect.stringContaining('SIGSEGV') as string,
    });
  });

  it('starts another process for the next merge after one has ended', async () => {
    const { children, merge } = setup();
    merge('a').catch(() => undefined);
    children[0]!.exit('SIGSEGV');
    const next = merge('b');
    children[1]!.answer({ id: 2, ok: true, result: 'done' });
    expect(await next).toBe('done');
  });

  it('begins the work of others anew when one merge is cancelled', async () => {
    const { children, merge } = setup();
    const cancel = new AbortController();
    const cancelled = merge('a', cancel.signal);
    const other = merge('b');
    cancel.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(children[0]!.isKilled).toBe(true);
    children[0]!.exit('SIGKILL');
    expect(children[1]!.asked.map(({ id }) => id)).toEqual([2]);
    children[1]!.answer({ id: 2, ok: true, result: 'done' });
    expect(await other).toBe('done');
  });

  it('does not take the end of a killed process for that of the one that followed it', async () => {
    const { children, merge } = setup();
    const cancel = new AbortController();
    merge('a', cancel.signal).catch(() => undefined);
    cancel.abort();
    const next = merge('b');
    children[0]!.exit('SIGKILL');
    children[1]!.answer({ id: 2, ok: true, result: 'done' });
    expect(await next).toBe('done');
  });

  it('starts nothing for a merge that was cancelled before', async () => {
    const { children, merge } = setup();
    await expect(merge('a', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(children).toEqual([]);
  });

  it('lets go of what waits when it is closed', async () => {
    const { children, compactor, merge } = setup();
    const merging = merge('a');
    compactor.close();
    await expect(merging).rejects.toMatchObject({ code: 'cancelled' });
    expect(children[0]!.isKilled).toBe(true);
  });
});
