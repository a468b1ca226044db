import { counted, grouped } from '#shared/counted';
import type { BackupReport } from '#shared/domain/backup';
import { WorkbenchError } from '#shared/errors';
import type { StoreDocument } from '#schemas/documents/store-document';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { writeStoreFile } from '../../documents/store-file.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Fs } from '../../platform/fs.ts';
import { inBatches } from '../../platform/in-batches.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { encodeEntry, type Checkpoint } from '../../storage/log-entry.ts';
import { LogWriter } from '../../storage/log-writer.ts';
import { makeFolderDurably, publishChunks } from '../../storage/publish-file.ts';
import { sweepDotFiles } from '../../storage/sweep-dot-files.ts';
import type { JobContext } from '../queue/job-kind.ts';
import { writeBackupNote, type BackupNote } from './backup-note.ts';
import type { BackupPlace } from './backup-place.ts';
import { documentPaths } from './document-paths.ts';
import { removeOthers, settleBackup } from './settle-backup.ts';
import { dropStaged, placeStaged, stagingFolder } from './staged-documents.ts';

export interface BackupSource {
  readonly fs: Fs;
  /** Absolute. */
  readonly root: string;
  readonly document: StoreDocument;
  readonly clock: Clock;
}

/** Many files are copied side by side. */
const readBytes = 262_144;

/**
 * Makes a folder the store as `state` has it. Files are never written again, so those that an earlier backup has brought
 * stay. Until the one record that is the new state the folder is the backup before; only then come the documents, and goes
 * what that had more. A note says meanwhile that it is at it, so that one that is cut short is never taken for whole.
 */
export async function writeBackup(
  source: BackupSource,
  to: string,
  place: BackupPlace,
  state: Checkpoint,
  context: JobContext,
): Promise<BackupReport> {
  const { fs, note, recovery } = place;
  const { signal, log } = context;
  const sequence = state.covers + 1;
  const missing = await missingFiles(fs, state.files);
  for (const warning of await sweepDotFiles(fs)) log(warning);
  await dropStaged(fs);
  const begun: BackupNote = {
    ...{ version: 1, storeId: source.document.id, sequence: recovery.state.sequence },
    completedMs: note?.completedMs ?? null,
    ...{ begunMs: source.clock(), nextSequence: null },
  };
  // Before anything else is there, so that whatever cuts it short, nobody takes what it has copied for a store.
  await writeBackupNote(fs, begun);
  let documents: readonly string[];
  try {
    await copyFiles(source, fs, missing, context);
    documents = await stageDocuments(source, fs, context);
    await writeStoreFile(join(to, stagingFolder), withOwnTiers(source.document));
    signal.throwIfAborted();
  } catch (error) {
    // What cannot be put away now is when the folder is next looked at.
    await settleBackup(fs, begun, recovery).catch(() => undefined);
    throw error;
  }

  await writeBackupNote(fs, { ...begun, nextSequence: sequence });
  const writer = new LogWriter(fs, source.clock, Infinity, recovery.segments);
  await writer.write([{ sequence, payload: encodeEntry({ kind: 'checkpoint', ...state }) }], true);
  await writer.dropCovered(sequence);
  await writer.close();
  await placeStaged(fs);
  const removedFiles = await removeOthers(fs, new Set(state.files.map(({ path }) => path)));
  await writeBackupNote(fs, {
    ...begun,
    ...{ sequence, completedMs: source.clock(), begunMs: null, nextSequence: null },
  });
  log(
    `${counted(missing.length, 'file')} copied, ${grouped(state.files.length - missing.length)} were there, ${grouped(removedFiles)} removed.`,
  );
  return {
    to,
    copiedFiles: missing.length,
    copiedBytes: bytesOf(missing),
    keptFiles: state.files.length - missing.length,
    removedFiles,
    documents: documents.length,
    files: state.files.length,
    rows: rowsOf(state.files),
    sizeBytes: bytesOf(state.files),
    sequence: state.covers,
  };
}

const bytesOf = (files: readonly FileEntry[]) => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
const rowsOf = (files: readonly FileEntry[]) => files.reduce((sum, { rows }) => sum + rows, 0);

async function copyFiles(
  source: BackupSource,
  fs: Fs,
  missing: readonly FileEntry[],
  { signal, progress }: JobContext,
): Promise<void> {
  const done = { files: 0, rows: 0, sizeBytes: 0 };
  const totals = { filesTotal: missing.length, rowsTotal: rowsOf(missing), sizeBytesTotal: bytesOf(missing) };
  progress({ ...done, ...totals });
  await inBatches(missing, async (file) => {
    progress({ doing: `Copying ${file.path}` });
    await copyChecked(source, fs, file, signal, (bytes) =>
      progress({ sizeBytes: (done.sizeBytes += bytes) }),
    );
    done.files += 1;
    done.rows += file.rows;
    progress(done);
  });
}

async function stageDocuments(
  { fs: from, root }: BackupSource,
  fs: Fs,
  { signal, progress }: JobContext,
): Promise<readonly string[]> {
  progress({ doing: 'Copying settings and documents' });
  const paths = await documentPaths(from);
  await makeFolderDurably(fs, stagingFolder);
  for (const path of paths)
    await publishChunks(fs, `${stagingFolder}/${path}`, chunksOf(join(root, path), signal));
  return paths;
}

/** Those that the folder does not have in their full length. Names are never used again, so a name says what is in it. */
export async function missingFiles(fs: Fs, files: readonly FileEntry[]): Promise<readonly FileEntry[]> {
  const sizes = await inBatches(files, ({ path }) => fs.size(path));
  return files.filter(({ sizeBytes }, index) => sizes[index] !== sizeBytes);
}

async function copyChecked(
  { root }: BackupSource,
  fs: Fs,
  { path, sha256 }: FileEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  // Of another length: a copy that somebody has cut.
  if ((await fs.size(path)) !== null) await fs.remove(path);
  const hash = createHash('sha256');
  async function* checked(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunksOf(join(root, path), signal)) {
      hash.update(chunk);
      onBytes(chunk.length);
      yield chunk;
    }
    if (sha256 !== null && hash.digest('hex') !== sha256)
      throw new WorkbenchError(
        'file-unreadable',
        `${path} is not what was once written to it: \`tapedeck verify\` says what to do`,
      );
  }
  await publishChunks(fs, path, checked());
}

async function* chunksOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
    signal.throwIfAborted();
    yield chunk as Uint8Array;
  }
}

/** Where a tier lies on a disk of its own, its files lie in the folder of the backup itself. */
function withOwnTiers(document: StoreDocument): StoreDocument {
  const { tiers, ...settings } = document.settings;
  const { warm, cold } = tiers;
  return {
    ...document,
    settings: { ...settings, tiers: { warm: { ...warm, path: null }, cold: { ...cold, path: null } } },
  };
}
