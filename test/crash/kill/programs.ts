import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from '../../../build/launcher/built.mjs';
import { outFolder, root } from '../../../build/launcher/paths.mjs';

/** A running `tapedeck` command. */
export interface Program {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

export interface Programs {
  readonly folder: string;
  readonly start: (args: readonly string[]) => Program;
  readonly remove: () => Promise<void>;
}

/** The built programs, in a folder of their own: a build that runs meanwhile must not change them under a test. */
export async function copyPrograms(): Promise<Programs> {
  await ensureBuilt();
  const folder = join(root, 'node_modules', '.cache', `tapedeck-programs-${process.pid}-${Date.now()}`);
  await mkdir(folder, { recursive: true });
  await cp(join(outFolder, 'main'), folder, { recursive: true });
  return {
    folder,
    start: (args) => startProgram(join(folder, 'cli.cjs'), args),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function startProgram(file: string, args: readonly string[]): Program {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // A program that is killed no longer reads what it is sent.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== null && code !== 0) output += `\n${errors}`;
      resolve(code);
    });
  });
  return { child, output: () => output, ended };
}
