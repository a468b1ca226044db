import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { createEngine } from '../../../electron/engine/engine.ts';
import { parquetOptions } from '../../../electron/engine/parquet-options.ts';
import { timed } from '../timing.ts';

interface RawCopy {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** One ordered COPY, ms, in a process of its own with the priority of ours: a busy machine then slows both alike. */
export async function rawCopy(copy: RawCopy): Promise<number> {
  const order = `${copy.output}.json`;
  await writeFile(order, JSON.stringify(copy));
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', '--raw-copy', order], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error('The plain COPY failed');
  return Number(await readFile(`${order}.ms`, 'utf8'));
}

/** What that process does. */
export async function performRawCopy(order: string): Promise<void> {
  const { inputs, output } = JSON.parse(await readFile(order, 'utf8')) as RawCopy;
  const engine = await createEngine({ threads: 2, memoryLimit: '2GB', trustsFileNames: false });
  const list = `[${inputs.map((path) => `'${path}'`).join(', ')}]`;
  const sql = `COPY (SELECT * FROM read_parquet(${list}) ORDER BY symbol, ts) TO '${output}' (${parquetOptions({ by: 'bench' })})`;
  const tookMs = await timed(() => engine.run(sql));
  engine.close();
  await writeFile(`${order}.ms`, String(tookMs));
}
