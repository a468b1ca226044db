import { codeOf } from '../platform/fs.ts';

/** What a write says when whoever read the output has seen enough, as `head` does. */
const readerIsGone = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/**
 * Lets a command that nobody listens to any more come to its end in silence: what it does to the store is done. Output
 * that cannot be written for another reason fails the command, in one sentence.
 */
export function guardOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (readerIsGone.has(codeOf(error))) return;
      process.exitCode = 1;
      process.once('exit', () => (process.exitCode = 1));
      if (stream === process.stdout)
        process.stderr.write(`The output could not be written: ${error.message}\n`);
    });
  }
}
