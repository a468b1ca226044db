import { WorkbenchError } from '#shared/errors';
import type { Fs } from '../platform/fs.ts';
import { parseSegmentName, segmentPath, walFolder } from './layout.ts';
import { decodeEntry, type LogEntry } from './log-entry.ts';
import { StoreState } from './store-state.ts';
import { isTornWrite, scanSegment, type SegmentScan } from './wal-format.ts';

export interface SegmentInfo {
  readonly number: number;
  readonly sizeBytes: number;
  /** Sequence of its last valid record; 0 when it has none. */
  readonly lastSequence: number;
  /** False when some of it could not be read: such a segment is set aside, never dropped. */
  readonly isWhole: boolean;
}

export interface Recovery {
  readonly state: StoreState;
  readonly segments: readonly SegmentInfo[];
  /** Bytes of log behind the last checkpoint. */
  readonly bytesSinceCheckpoint: number;
  /** What was cut or skipped, one sentence each. */
  readonly warnings: readonly string[];
  /** Those of them that tell of more than a write that was cut short: records may be missing that were acknowledged. */
  readonly damage: readonly string[];
  /** False when the log begins in the middle: the checkpoint that stood for what came before cannot be read. */
  readonly isWhole: boolean;
}

interface Recorded {
  readonly sequence: number;
  readonly entry: LogEntry;
  readonly sizeBytes: number;
}

/** An owner that takes a checkpoint drops segments under a reader; it looks again this often. */
const mostAttempts = 8;

/** Reads the log and applies it: from the newest checkpoint on, every valid record in its order. Writes nothing. */
export async function recoverLog(fs: Fs): Promise<Recovery> {
  for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
    const recovery = await readLog(fs);
    if (recovery !== null) return recovery;
  }
  throw new WorkbenchError('busy', 'The log of the store keeps changing while it is read; try again');
}

/** Null when a segment that was listed is gone: its records are in a checkpoint that was not listed yet. */
async function readLog(fs: Fs): Promise<Recovery | null> {
  const numbers = (await fs.list(walFolder))
    .flatMap(({ name, kind }) => (kind === 'file' ? [parseSegmentName(name)] : []))
    .filter((number) => number !== null)
    .sort((a, b) => a - b);
  const warnings: string[] = [];
  const damage: string[] = [];
  /** Checksums by sequence: a copy of a segment beside it must not undo what came after it. */
  const known = new Map<number, number>();
  const segments: SegmentInfo[] = [];
  const entries: Recorded[] = [];

  for (const number of numbers) {
    const path = segmentPath(number);
    const bytes = await fs.read(path);
    if (bytes === null) return null;
    const scan = scanSegment(bytes);
    if (scan.header === 'too-new') {
      throw new WorkbenchError('store-too-new', `${path} was written by a newer version of Tapedeck`);
    }
    const found = describeDamage(path, scan, bytes.length, number === numbers.at(-1));
    warnings.push(...found);
    const isCutShort = scan.damaged.length === 0 && isTornWrite(bytes, bytes.length - scan.cutBytes);
    if (!isCutShort || scan.header === 'damaged') damage.push(...found);
    let repeated = 0;
    for (const { sequence, payload, checksum } of scan.records) {
      if (known.get(sequence) === checksum) {
        repeated += 1;
        continue;
      }
      known.set(sequence, checksum);
      entries.push({ sequence, entry: decodeEntry(payload), sizeBytes: payload.length });
    }
    if (repeated > 0) warnings.push(`${path}: it repeats ${repeated} records of the log, which count once`);
    segments.push({
      number,
      sizeBytes: bytes.length,
      lastSequence: scan.records.at(-1)?.sequence ?? 0,
      isWhole: scan.damaged.length === 0 && (scan.header === 'ok' || scan.records.length === 0),
    });
  }
  const hasCheckpoint = entries.some(({ entry }) => entry.kind === 'checkpoint');
  // Segments are dropped only when a checkpoint stands for them.
  const isWhole = hasCheckpoint || (numbers[0] ?? 1) === 1;
  if (!isWhole) {
    const missing = `${walFolder}: the beginning of the log is missing; not all files are known`;
    warnings.push(missing);
    damage.push(missing);
  }
  return { segments, warnings, damage, isWhole, ...replay(entries) };
}

function replay(entries: readonly Recorded[]) {
  const state = new StoreState();
  const checkpoint = entries
    .filter(({ entry }) => entry.kind === 'checkpoint')
    .reduce<Recorded | undefined>(
      (newest, each) => (newest !== undefined && newest.sequence > each.sequence ? newest : each),
      undefined,
    );
  if (checkpoint?.entry.kind === 'checkpoint') state.apply(checkpoint.sequence, checkpoint.entry);
  const covers = checkpoint?.entry.kind === 'checkpoint' ? checkpoint.entry.covers : 0;
  let bytesSinceCheckpoint = 0;
  for (const { sequence, entry, sizeBytes } of entries) {
    if (sequence <= covers || entry.kind === 'checkpoint') continue;
    state.apply(sequence, entry);
    bytesSinceCheckpoint += sizeBytes;
  }
  // A sequence is used once, also by records whose effects came before the checkpoint was applied.
  state.sequence = Math.max(state.sequence, ...entries.slice(-1).map(({ sequence }) => sequence));
  return { state, bytesSinceCheckpoint };
}

function describeDamage(path: string, scan: SegmentScan, sizeBytes: number, isNewest: boolean): string[] {
  const warnings = scan.damaged.map(
    ({ offset, length }) =>
      `${path}: ${length} bytes at ${offset} are damaged; the records behind them were read`,
  );
  if (scan.header === 'damaged' && scan.records.length > 0) warnings.push(`${path}: its header is damaged`);
  if (scan.cutBytes > 0 && sizeBytes > 0) {
    const where = isNewest ? 'the last write was cut short' : 'its end is damaged';
    warnings.push(`${path}: ${where}; ${scan.cutBytes} bytes were left out`);
  }
  return warnings;
}
