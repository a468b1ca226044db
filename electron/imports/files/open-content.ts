import { counted } from '#shared/counted';
import { createReadStream } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { Transform, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { ImportFile } from './list-import-files.ts';
import { UnreadableImport } from './unreadable.ts';

/** What is in a file, or in one entry of an archive, as it is once unpacked. */
export interface Content {
  readonly file: ImportFile;
  /** Within the archive; null where there is none. */
  readonly entry: string | null;
  readonly name: string;
  readonly compression: 'gzip' | 'zip' | null;
  /** Opens it anew from its beginning. */
  readonly open: () => Promise<OpenedContent>;
}

export interface OpenedContent {
  /** To be destroyed when it is not read to its end. */
  readonly stream: Readable;
  /** How much of the file that is, once so much of the content was read. */
  readonly packedBytes: (sizeBytes: number) => number;
}

export interface OpenedFile {
  readonly contents: readonly Content[];
  readonly close: () => void;
}

const packBytes = [0x50, 0x4b, 0x03, 0x04];
const gzipBytes = [0x1f, 0x8b];
/** More of it than this is no file of bars: the most that prices were seen to shrink is forty times. */
const mostGrowth = 250;
/** Small files may be all alike. */
const growthFromBytes = 16_777_216;
const chunkBytes = 262_144;
const mostEntries = 100_000;

/** Finds out how a file is packed, by its first bytes, and what is in it. */
export async function openContents(file: ImportFile): Promise<OpenedFile> {
  const head = await readHead(file.path);
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, place) => head[place] === byte);
  if (startsWith(packBytes)) return openArchive(file);
  const isGzip = startsWith(gzipBytes);
  const open = () => {
    const packed = createReadStream(file.path, { highWaterMark: chunkBytes });
    const stream = isGzip ? unpacked(packed, createGunzip({ chunkSize: chunkBytes })) : packed;
    return Promise.resolve({ stream, packedBytes: () => packed.bytesRead });
  };
  const content = { file, entry: null, name: file.name, compression: isGzip ? 'gzip' : null, open } as const;
  return { contents: [content], close: () => undefined };
}

async function openArchive(file: ImportFile): Promise<OpenedFile> {
  const archive = await openPromise(file.path, { strictFileNames: true, autoClose: false }).catch(damaged);
  try {
    const entries = await entriesOf(archive);
    if (entries.some(({ fileName }) => fileName === '[Content_Types].xml'))
      throw new UnreadableImport('is an Excel workbook; save its sheet as CSV and import that');
    const contents = entries.map((entry) => ({
      ...{ file, entry: entry.fileName, name: `${file.name}/${entry.fileName}` },
      compression: 'zip' as const,
      open: () => openEntry(archive, entry),
    }));
    if (contents.length === 0) throw new UnreadableImport('is an archive with no file in it');
    return { contents, close: () => archive.close() };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function entriesOf(archive: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  if (archive.entryCount > mostEntries)
    throw new UnreadableImport(
      `is an archive of ${counted(archive.entryCount, 'file')}; ${mostEntries} are the most`,
    );
  try {
    // It checks every name: none may lead out of the archive.
    for await (const entry of archive.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.push(entry);
    }
  } catch (error) {
    return damaged(error);
  }
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

async function openEntry(archive: ZipFile, entry: Entry): Promise<OpenedContent> {
  if (entry.isEncrypted()) throw new UnreadableImport('is protected by a password');
  const { uncompressedSize, compressedSize } = entry;
  if (uncompressedSize > growthFromBytes && uncompressedSize > compressedSize * mostGrowth) throw bomb();
  const stream = await archive.openReadStreamPromise(entry).catch(damaged);
  const share = uncompressedSize === 0 ? 0 : compressedSize / uncompressedSize;
  return { stream, packedBytes: (sizeBytes) => Math.round(sizeBytes * share) };
}

/** Never lets more through than any file of bars unpacks to. */
function unpacked(packed: Readable & { readonly bytesRead: number }, unpack: Transform): Readable {
  let sizeBytes = 0;
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      const isBomb = sizeBytes > growthFromBytes && sizeBytes > packed.bytesRead * mostGrowth;
      if (isBomb) done(bomb());
      else done(null, chunk);
    },
    destroy(error, done) {
      packed.destroy();
      unpack.destroy();
      done(error);
    },
  });
  packed.on('error', (error) => guard.destroy(error));
  unpack.on('error', (error) =>
    guard.destroy(new UnreadableImport(`is damaged: it cannot be unpacked (${error.message})`)),
  );
  return packed.pipe(unpack).pipe(guard);
}

async function readHead(path: string): Promise<Uint8Array> {
  const handle = await openFile(path, 'r');
  try {
    const head = new Uint8Array(8);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function bomb(): UnreadableImport {
  return new UnreadableImport(
    `unpacks to more than ${mostGrowth} times its size, which no file of bars does`,
  );
}

function damaged(error: unknown): never {
  if (error instanceof UnreadableImport) throw error;
  const text = error instanceof Error ? error.message : String(error);
  if (/invalid relative path|absolute path|invalid characters in fileName/.test(text))
    throw new UnreadableImport(`is an archive with a name that leads out of it (${text})`);
  throw new UnreadableImport(`is a damaged archive (${text})`);
}
