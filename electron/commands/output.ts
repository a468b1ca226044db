import { once } from 'node:events';

/** Writes a result to standard output as one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes each line to standard output with a line end; no lines, no output. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

/** Bytes as people read them: 1.2 GiB. */
export { sizeText as formatBytes } from '#shared/size-text';

/** Writes to standard output, and waits while whoever reads it is slow. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
