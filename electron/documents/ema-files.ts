import {
  emaDocumentVersion,
  emaStateDocument,
  type EmaSeriesState,
  type EmaValuesDocument,
} from '#schemas/documents/ema-documents';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** The state of every series, as last written; none where the file is missing, broken or of another version. */
export async function readEmaState(root: string): Promise<readonly EmaSeriesState[]> {
  const text = await readFile(statePath(root), 'utf8').catch(() => '');
  const found = emaStateDocument.safeParse(parsed(text));
  return found.success && found.data.version === emaDocumentVersion ? found.data.series : [];
}

/** Puts these series in the place of all that were written before, whole or not at all. */
export function writeEmaState(root: string, series: readonly EmaSeriesState[]): Promise<void> {
  return writeFileAtomically(statePath(root), jsonOf({ version: emaDocumentVersion, series }));
}

/** Named as bots name them: `emas/5M.json`. */
export function writeEmaValues(root: string, values: EmaValuesDocument): Promise<void> {
  return writeFileAtomically(join(root, 'emas', `${values.timeframe.toUpperCase()}.json`), jsonOf(values));
}

function statePath(root: string): string {
  return join(root, 'emas', 'ema_state.json');
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
