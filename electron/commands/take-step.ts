import { WorkbenchError } from '#shared/errors';
import { rejectedBy } from '../jobs/queue/wait.ts';
import { setExitStatus, stoppedStatus } from './exit-status.ts';
import { waitingLine, type WaitingLine } from './terminal-line.ts';

/** What a step of a command is told: that it is to stop, and where to say how far it is. */
export interface Step extends Pick<WaitingLine, 'say'> {
  readonly signal: AbortSignal;
}

/**
 * Does something of a command that is no job. A terminal says what it is once it takes a while. The first Ctrl-C or
 * SIGTERM aborts the step's signal: if the step then fails, the command ends as stopped, with `stopped` as its last
 * words, or those of a step that says itself what it has left; a step that comes to its end all the same has done its
 * work. The second ends the process at once.
 */
export async function takeStep<T>(
  doing: string | null,
  act: (step: Step) => Promise<T>,
  stopped: string | null = 'Stopped',
): Promise<T> {
  const stop = new AbortController();
  const line = waitingLine(doing);
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await act({ signal: stop.signal, say: line.say });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    setExitStatus(stoppedStatus);
    if (stopped === null && error instanceof WorkbenchError) throw error;
    throw new WorkbenchError('cancelled', stopped ?? 'Stopped', { cause: error });
  } finally {
    line.end();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** Rejects once the signal is aborted, whatever becomes of the promise: for calls that cannot be told to stop. */
export function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([promise, rejectedBy(signal)]);
}
