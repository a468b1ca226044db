import type { PictureOrder } from '#shared/domain/window-purpose';
import { WorkbenchError } from '#shared/errors';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programFolder } from './with-store.ts';

/** The window program may have to be fetched first. */
const limitMs = 300_000;

export interface PictureJob extends PictureOrder {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** What the window program says of the picture that it saved. */
export interface PictureReport extends Omit<PictureJob, 'theme' | 'zone'> {
  readonly bars: number;
  readonly objects: number;
  readonly elapsedMs: number;
}

/** Paints one picture in the window program, in a process and a profile of its own. */
export async function runPictureProgram(
  storeFolder: string,
  job: PictureJob,
  signal: AbortSignal,
): Promise<PictureReport> {
  const launcher = join(dirname(dirname(programFolder())), 'start.mjs');
  if (!existsSync(launcher)) {
    throw new WorkbenchError(
      'unexpected',
      `${launcher} is missing: pictures need the program that opens windows`,
    );
  }
  const switches = ['--force-device-scale-factor=1', `--picture=${JSON.stringify(job)}`];
  const child = spawn(process.execPath, [launcher, '--store', storeFolder, '--', ...switches], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  // It ends by itself, so that nothing of its profile and its display is left.
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', stop);
  const line = lastLine(output.out);
  if (code === 0 && line.startsWith('{')) return JSON.parse(line) as PictureReport;
  const reason = lastLine(output.err) || `the window program ended with ${code ?? 'a signal'}`;
  throw new WorkbenchError('unexpected', `No picture was made: ${reason}`);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
