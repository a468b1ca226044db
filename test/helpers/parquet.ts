import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';

let engine: Promise<Engine> | undefined;

/** Asks DuckDB about files, as a user would from outside the store. Names may have been used before. */
export async function askDuckDb(sql: string, ...values: (string | number)[]) {
  engine ??= createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: false });
  return (await engine).rows(sql, values);
}

/** Of all bytes of a file, in hexadecimal. */
export async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** The column data of a file: all but the footer, whose length stands before the last four bytes. */
export async function bytesBeforeFooter(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  return bytes.subarray(0, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8));
}

/** What a file says of itself, key by key. */
export async function footerOf(path: string): Promise<Readonly<Record<string, string>>> {
  const rows = await askDuckDb('SELECT decode(key), decode(value) FROM parquet_kv_metadata($1)', path);
  return Object.fromEntries(rows.map(([key, value]) => [String(key), String(value)]));
}

afterAll(async () => {
  (await engine)?.close();
  engine = undefined;
});
