import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtPrograms } from './open-test-store.ts';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, read as JSON; fails when that is none. */
  readonly json: () => unknown;
}

/** Numbers of the user that runs a program. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Runs the command line as a shell would, with `input` on its standard input. */
export async function runCli(
  args: readonly string[],
  input = '',
  { readsOutput = true, user }: { readonly readsOutput?: boolean; readonly user?: User } = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [join(builtPrograms, 'cli.cjs'), ...args], {
    stdio: 'pipe',
    ...user,
  });
  // Whoever reads goes away before anything is written.
  if (!readsOutput) child.stdout.destroy();
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // A command that refuses its arguments does not read.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...output, json: () => JSON.parse(output.stdout) as unknown };
}

/** Rows as NDJSON. */
export function ndjson(...rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
