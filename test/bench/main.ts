import '../../electron/platform/prepare-process.ts';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchFolders, Measured } from './bench.ts';
import { benches } from './benches.ts';
import { performRawCopy } from './cases/raw-copy.ts';
import { jsonOf, tableOf } from './report.ts';

/** Runs the benches that are asked for, each in a process of its own: one's memory and leftovers are not the next one's. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      alone: { type: 'string' },
      'raw-copy': { type: 'string' },
    },
  });
  if (values['raw-copy'] !== undefined) return performRawCopy(values['raw-copy']);
  const folders = foldersOf(process.env);
  if (values.alone !== undefined) {
    const measured = await benches.find(({ name }) => name === values.alone)?.run(folders);
    await writeFile(join(folders.scratch, 'measured.json'), JSON.stringify(measured));
    return;
  }
  const chosen = benches.filter(({ name }) => values.only?.some((wanted) => name.startsWith(wanted)) ?? true);
  if (chosen.length === 0) {
    throw new Error(`There is no such bench. There are: ${benches.map(({ name }) => name).join(', ')}`);
  }
  const measured: Measured[] = [];
  for (const { name } of chosen) measured.push(...(await runAlone(name, folders)));
  process.stdout.write(`${tableOf(measured)}\n`);
  if (values.json !== undefined) await writeFile(values.json, jsonOf(measured));
}

function foldersOf(env: NodeJS.ProcessEnv): BenchFolders {
  const [cache, programs] = [env['TAPEDECK_BENCH_CACHE'], env['TAPEDECK_PROGRAMS']];
  if (cache === undefined || programs === undefined) throw new Error('Start the benches by npm run bench');
  return { cache, programs, scratch: env['TAPEDECK_BENCH_SCRATCH'] ?? join(cache, `scratch-${process.pid}`) };
}

async function runAlone(name: string, { scratch }: BenchFolders): Promise<readonly Measured[]> {
  process.stderr.write(`${name}\n`);
  await mkdir(scratch, { recursive: true });
  try {
    const args = [...process.execArgv, process.argv[1] ?? '', '--alone', name];
    const env = { ...process.env, TAPEDECK_BENCH_SCRATCH: scratch };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    if (code !== 0) throw new Error(`${name} failed`);
    return JSON.parse(await readFile(join(scratch, 'measured.json'), 'utf8')) as Measured[];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
