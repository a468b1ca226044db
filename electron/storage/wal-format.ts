import { createHash } from 'node:crypto';
import { crc32 } from './crc32.ts';

/**
 * A segment is a 32-byte header (8 bytes `TAPEWAL` and a zero, uint32 format version, uint32 reserved, int64 creation
 * time in ms, 4 reserved bytes, CRC32 of the first 28) and records, little-endian throughout. A record is 4 bytes
 * payload length, 8 bytes sequence, the SHA-256 of the payload, the payload (UTF-8 JSON), and the CRC32 of all of that.
 */
export const walFormatVersion = 1;
export const segmentHeaderLength = 32;

const magic = Buffer.from('TAPEWAL\0', 'latin1');
const headLength = 4 + 8 + 32;
const trailerLength = 4;
/** Above anything that is written; a longer length is damage. */
const maxPayloadLength = 1_073_741_824;

export interface WalRecord {
  readonly sequence: number;
  readonly payload: Uint8Array;
  /** CRC32 of all before it: two records of one sequence that have the same are one that was written twice. */
  readonly checksum: number;
}

/** A stretch of a segment that holds no valid record. */
export interface DamagedRange {
  readonly offset: number;
  readonly length: number;
}

export interface SegmentScan {
  readonly header: 'ok' | 'damaged' | 'too-new';
  readonly records: readonly WalRecord[];
  /** Damage with valid records behind it. */
  readonly damaged: readonly DamagedRange[];
  /** Bytes after the last valid record: a write that was cut short. */
  readonly cutBytes: number;
}

/** The header of a new segment; `createdMs` is ms UTC. */
export function encodeSegmentHeader(createdMs: number): Buffer {
  const header = Buffer.alloc(segmentHeaderLength);
  magic.copy(header);
  header.writeUInt32LE(walFormatVersion, 8);
  header.writeBigInt64LE(BigInt(createdMs), 16);
  header.writeUInt32LE(crc32(header.subarray(0, 28)), 28);
  return header;
}

/** A whole record, checksums included. Readers take a payload above 1 GiB for damage. */
export function encodeRecord(sequence: number, payload: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(headLength + payload.length + trailerLength);
  record.writeUInt32LE(payload.length, 0);
  record.writeBigUInt64LE(BigInt(sequence), 4);
  createHash('sha256').update(payload).digest().copy(record, 12);
  record.set(payload, headLength);
  record.writeUInt32LE(crc32(record.subarray(0, headLength + payload.length)), headLength + payload.length);
  return record;
}

/**
 * Finds every valid record. Behind damage it looks for the next place where a whole record checks out, so that one
 * bad sector costs the records it hit and no others.
 */
export function scanSegment(segment: Uint8Array): SegmentScan {
  const bytes = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength);
  const header = scanHeader(bytes);
  const records: WalRecord[] = [];
  const damaged: DamagedRange[] = [];
  if (header === 'too-new') return { header, records, damaged, cutBytes: 0 };

  let offset = Math.min(segmentHeaderLength, bytes.length);
  let damageStart: number | null = null;
  while (offset < bytes.length) {
    const record = recordAt(bytes, offset);
    if (record === null) {
      damageStart ??= offset;
      offset += 1;
      continue;
    }
    if (damageStart !== null) damaged.push({ offset: damageStart, length: offset - damageStart });
    damageStart = null;
    records.push(record);
    offset += headLength + record.payload.length + trailerLength;
  }
  return { header, records, damaged, cutBytes: damageStart === null ? 0 : bytes.length - damageStart };
}

function scanHeader(bytes: Buffer): SegmentScan['header'] {
  if (bytes.length < segmentHeaderLength || !bytes.subarray(0, 8).equals(magic)) return 'damaged';
  if (crc32(bytes.subarray(0, 28)) !== bytes.readUInt32LE(28)) return 'damaged';
  return bytes.readUInt32LE(8) > walFormatVersion ? 'too-new' : 'ok';
}

function recordAt(bytes: Buffer, offset: number): WalRecord | null {
  const left = bytes.length - offset;
  if (left < headLength + trailerLength) return null;
  const length = bytes.readUInt32LE(offset);
  if (length === 0 || length > maxPayloadLength || headLength + length + trailerLength > left) return null;
  const sequence = Number(bytes.readBigUInt64LE(offset + 4));
  const payload = bytes.subarray(offset + headLength, offset + headLength + length);
  // A payload is a JSON object: one look spares the checksums at nearly every wrong offset.
  if (!Number.isSafeInteger(sequence) || payload[0] !== 0x7b || payload[length - 1] !== 0x7d) return null;
  const end = offset + headLength + length;
  const checksum = bytes.readUInt32LE(end);
  if (crc32(bytes.subarray(offset, end)) !== checksum) return null;
  const digest = createHash('sha256').update(payload).digest();
  const isWhole = digest.equals(bytes.subarray(offset + 12, offset + headLength));
  return isWhole ? { sequence, payload, checksum } : null;
}

/** Whether what is left from `offset` on is the beginning of a record whose rest was never written. */
export function isTornWrite(segment: Uint8Array, offset: number): boolean {
  const left = Buffer.from(segment.buffer, segment.byteOffset + offset, segment.byteLength - offset);
  if (left.length < headLength + trailerLength) return true;
  const length = left.readUInt32LE(0);
  return length === 0 ? left.every((byte) => byte === 0) : headLength + length + trailerLength > left.length;
}
