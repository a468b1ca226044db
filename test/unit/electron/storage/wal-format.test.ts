import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeRecord,
  encodeSegmentHeader,
  scanSegment,
  segmentHeaderLength,
  walFormatVersion,
} from '../../../../electron/storage/wal-format.ts';

const payloads = fc.array(
  fc.oneof(
    fc.jsonValue({ maxDepth: 1 }).map((value) => Buffer.from(JSON.stringify({ value }))),
    // A payload may hold anything between its braces, a whole record too.
    fc
      .uint8Array({ maxLength: 80 })
      .map((bytes) => Buffer.concat([Buffer.from('{'), bytes, Buffer.from('}')])),
  ),
  { minLength: 1, maxLength: 8 },
);

/** A segment with these payloads as records 1, 2, 3, ... and where each record begins. */
function segmentOf(contents: readonly Buffer[]) {
  const records = contents.map((payload, index) => encodeRecord(index + 1, payload));
  const starts: number[] = [];
  let length = segmentHeaderLength;
  for (const record of records) {
    starts.push(length);
    length += record.length;
  }
  return {
    bytes: Buffer.concat([encodeSegmentHeader(0), ...records]),
    ends: [...starts.slice(1), length],
    starts,
  };
}

/** Sequences and payloads as a reader gets them. */
function found(bytes: Uint8Array) {
  return scanSegment(bytes).records.map(
    ({ sequence, payload }) => `${sequence} ${Buffer.from(payload).toString('hex')}`,
  );
}

describe('scanSegment', () => {
  it('finds every record of a whole segment, in order', () => {
    fc.assert(
      fc.property(payloads, (contents) => {
        const scan = scanSegment(segmentOf(contents).bytes);
        expect(scan).toMatchObject({ header: 'ok', damaged: [], cutBytes: 0 });
        expect(scan.records.map(({ sequence }) => sequence)).toEqual(contents.map((_, index) => index + 1));
        expect(scan.records.map(({ payload }) => Buffer.from(payload))).toEqual(contents);
      }),
    );
  });

  it('loses only the records that damage has hit', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        (contents, place, junk) => {
          const { bytes, starts, ends } = segmentOf(contents);
          const from = Math.floor(place * (bytes.length - 1));
          const until = Math.min(bytes.length, from + junk.length);
          const damaged = Buffer.from(bytes);
          damaged.set(junk.subarray(0, until - from), from);
          const isIntact = (index: number) =>
            damaged.subarray(starts[index], ends[index]).equals(bytes.subarray(starts[index], ends[index]));
          const expected = contents.flatMap((payload, index) =>
            isIntact(index) ? `${index + 1} ${payload.toString('hex')}` : [],
          );
          expect(found(damaged)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('loses only the record that one flipped bit is in, wherever it is', () => {
    const contents = ['{"a":1}', '{"b":"ü"}', '{}'].map((text) => Buffer.from(text));
    const { bytes, starts, ends } = segmentOf(contents);
    for (let bit = segmentHeaderLength * 8; bit < bytes.length * 8; bit += 1) {
      const damaged = Buffer.from(bytes);
      const at = bit >> 3;
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (bit & 7));
      const hit = starts.findIndex((start, index) => at >= start && at < (ends[index] ?? 0));
      const scan = scanSegment(damaged);
      expect(scan.records.map(({ sequence }) => sequence)).toEqual(
        [1, 2, 3].filter((_, index) => index !== hit),
      );
      expect(scan.damaged.length + Number(scan.cutBytes > 0)).toBe(1);
    }
  });

  it('keeps every record before a tail that was torn at any byte, and says how much was cut', () => {
    fc.assert(
      fc.property(payloads, fc.double({ min: 0, max: 1, noNaN: true }), (contents, place) => {
        const { bytes, ends } = segmentOf(contents);
        const length = Math.floor(place * bytes.length);
        const whole = ends.filter((end) => end <= length);
        const scan = scanSegment(bytes.subarray(0, length));
        expect(scan.records).toHaveLength(whole.length);
        expect(scan.damaged).toEqual([]);
        expect(scan.cutBytes).toBe(
          length < segmentHeaderLength ? 0 : length - (whole.at(-1) ?? segmentHeaderLength),
        );
      }),
    );
  });

  it('takes a tail of zeros, which a crash leaves where a file had grown, for cut', () => {
    const { bytes } = segmentOf([Buffer.from('{"a":1}')]);
    const scan = scanSegment(Buffer.concat([bytes, Buffer.alloc(4_096)]));
    expect(scan).toMatchObject({ cutBytes: 4_096, damaged: [] });
    expect(scan.records).toHaveLength(1);
  });

  it('says where damage is when there are records behind it', () => {
    const { bytes, starts, ends } = segmentOf(
      ['{"a":1}', '{"b":2}', '{"c":3}'].map((text) => Buffer.from(text)),
    );
    bytes.fill(0, starts[1], ends[1]);
    expect(scanSegment(bytes).damaged).toEqual([{ offset: starts[1], length: ends[1]! - starts[1]! }]);
  });

  it('reads the records behind a damaged header', () => {
    const { bytes } = segmentOf([Buffer.from('{"a":1}')]);
    bytes[3] = 0;
    expect(scanSegment(bytes)).toMatchObject({ header: 'damaged', records: [{ sequence: 1 }] });
  });

  it('refuses to guess at a segment of a newer format', () => {
    const header = encodeSegmentHeader(0);
    expect(scanSegment(header).header).toBe('ok');
    const newer = Buffer.from(header);
    newer.writeUInt32LE(walFormatVersion + 1, 8);
    // Without its checksum it is damage, not a newer format.
    expect(scanSegment(newer).header).toBe('damaged');
  });

  it('finds nothing in noise, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(scanSegment(bytes).records).toEqual([]);
      }),
    );
  });

  it('keeps sequences up to the largest whole number', () => {
    const bytes = Buffer.concat([
      encodeSegmentHeader(0),
      encodeRecord(Number.MAX_SAFE_INTEGER, Buffer.from('{}')),
    ]);
    expect(scanSegment(bytes).records).toMatchObject([{ sequence: Number.MAX_SAFE_INTEGER }]);
  });

  it('reads a view into a larger buffer', () => {
    const { bytes } = segmentOf([Buffer.from('{"a":1}')]);
    const larger = Buffer.concat([Buffer.alloc(13), bytes, Buffer.alloc(5)]);
    expect(scanSegment(larger.subarray(13, 13 + bytes.length))).toMatchObject({
      header: 'ok',
      cutBytes: 0,
      records: [{ sequence: 1 }],
    });
  });
});
