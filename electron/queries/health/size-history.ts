import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../../platform/write-file-atomically.ts';
import { sizeHistoryFile } from '../../storage/layout.ts';

const sample = z.object({ atMs: z.int(), sizeBytes: z.int(), files: z.int(), rows: z.int() });
const document = z.object({ samples: z.array(sample) });

/** How large the store was at an instant. */
export type SizeSample = z.infer<typeof sample>;

const keptSamples = 2_000;

/** What is remembered of a store's size, oldest first. It is no data: a file that cannot be read is begun anew. */
export async function readSizeHistory(folder: string): Promise<readonly SizeSample[]> {
  try {
    const text = await readFile(join(folder, ...sizeHistoryFile.split('/')), 'utf8');
    return document.parse(JSON.parse(text)).samples;
  } catch {
    return [];
  }
}

/** Adds a sample, unless the newest is younger than `intervalMs`. */
export async function keepSizeSample(folder: string, now: SizeSample, intervalMs: number): Promise<void> {
  const known = await readSizeHistory(folder);
  const last = known.at(-1);
  if (last !== undefined && now.atMs - last.atMs < intervalMs) return;
  const samples = [...known, now].slice(-keptSamples);
  await writeFileAtomically(join(folder, ...sizeHistoryFile.split('/')), `${JSON.stringify({ samples })}\n`);
}
