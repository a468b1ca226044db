import { parseInstant } from '#shared/domain/zone-time';
import { MIB } from '#shared/units';
import type { Fs } from '../../platform/fs.ts';
import { performanceFolder } from '../../storage/layout.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import type { RetainableFile } from './plan-retention.ts';

/** Larger ones are not what bots write; they are left alone. */
const largestFile = 64 * MIB;

/**
 * The files of snapshots that bots keep in `performance/`: JSON lists of records with a `timestamp`. Files that are no
 * such list are the state of a bot, and no business of retention. `zone` is for times without an offset.
 */
export async function performanceFiles(fs: Fs, zone: string): Promise<readonly RetainableFile[]> {
  const found: RetainableFile[] = [];
  for (const { path, kind } of (await walkFiles(fs, performanceFolder)).files) {
    if (kind !== 'file' || !path.endsWith('.json')) continue;
    const sizeBytes = await fs.size(path);
    if (sizeBytes === null || sizeBytes > largestFile) continue;
    const times = snapshotTimes(await fs.read(path), zone);
    if (times === null) continue;
    const first = times.reduce((least, ts) => Math.min(least, ts), Infinity);
    const last = times.reduce((most, ts) => Math.max(most, ts), -Infinity);
    const rows = times.length;
    found.push({
      ...{ path, dataset: performanceFolder, timeframe: '', level: 'part', rows, sizeBytes },
      partition: new Date(last).toISOString().slice(0, 10),
      sequence: 0,
      sha256: null,
      spans: [{ symbol: '', rows, first, last, low: null, high: null }],
    });
  }
  return found;
}

/** When its snapshots were taken; null for a file that is no list of snapshots. */
function snapshotTimes(bytes: Uint8Array | null, zone: string): readonly number[] | null {
  if (bytes === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Being written just now, or broken: either way not known to be old.
    return null;
  }
  const records = Array.isArray(parsed) ? parsed : (parsed as { snapshots?: unknown } | null)?.snapshots;
  if (!Array.isArray(records) || records.length === 0) return null;
  const times: number[] = [];
  for (const record of records) {
    const text: unknown = (record as { timestamp?: unknown } | null)?.timestamp;
    const read = typeof text === 'string' || typeof text === 'number' ? parseInstant(text, zone) : null;
    if (read?.ok !== true) return null;
    times.push(read.ts);
  }
  return times;
}
