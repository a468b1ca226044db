import type { RollupOrigin } from '#shared/domain/rollup-origin';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { VerifyNote } from '#shared/domain/verify-report';
import { inflateRawSync } from 'node:zlib';
import type { Engine } from '../../engine/engine.ts';
import { readContents, readFooters, type FileContent, type FileFooter } from '../../engine/inspect-files.ts';
import { sha256Of } from '../../engine/sha256-of.ts';
import type { Fs } from '../../platform/fs.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import { parseDataPath, periodRange, type DataPath } from '../../storage/layout.ts';
import { checkColumns } from '../verify/check-file.ts';
import type { FoundFile } from './plan-rebuild.ts';

export interface FindParts {
  readonly fs: Fs;
  readonly root: string;
  readonly engine: Engine;
  /** Aborted, it throws between two batches. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: { readonly files: number; readonly ofFiles: number }) => void) | undefined;
}

/** A file on disk that has the name of a data file, and the path it has, or had, in its place. */
export interface NamedFile {
  readonly at: string;
  readonly path: string;
}

export interface FilesFound {
  readonly files: readonly (FoundFile & { readonly at: string; readonly storeId: string | null })[];
  readonly leftOut: readonly VerifyNote[];
}

const batchSize = 256;

/** Reads what files say of themselves. Those that cannot be taken in are named, each with the reason. */
export async function findFiles(parts: FindParts, named: readonly NamedFile[]): Promise<FilesFound> {
  const files: FilesFound['files'][number][] = [];
  const leftOut: VerifyNote[] = [];
  let done = 0;
  const byDataset = new Map<DataPath['dataset'], (NamedFile & { readonly parsed: DataPath })[]>();
  for (const file of named) {
    const parsed = parseDataPath(file.path);
    if (parsed === null) continue;
    const group = byDataset.get(parsed.dataset);
    if (group === undefined) byDataset.set(parsed.dataset, [{ ...file, parsed }]);
    else group.push({ ...file, parsed });
  }
  for (const [dataset, ofDataset] of byDataset) {
    for (let start = 0; start < ofDataset.length; start += batchSize) {
      parts.signal?.throwIfAborted();
      parts.onProgress?.({ files: done, ofFiles: named.length });
      const batch = ofDataset.slice(start, start + batchSize);
      done += batch.length;
      const footers = await readFooters(parts.engine, parts.root, atOf(batch));
      const fitting = batch.filter(({ at, parsed }) => {
        const footer = footers.found.get(at);
        const fault = footer === undefined ? null : footerFault(footer, parsed);
        if (fault !== null) leftOut.push({ path: at, detail: fault });
        return footer !== undefined && fault === null;
      });
      const contents = await readContents(parts.engine, parts.root, atOf(fitting), {
        dataset,
        isDeep: false,
      });
      for (const file of fitting) {
        const footer = footers.found.get(file.at);
        const content = contents.found.get(file.at);
        if (footer === undefined || content === undefined) continue;
        const fault = contentFault(content, file.parsed);
        if (fault === null) files.push(await describe(parts, file, footer, content));
        else leftOut.push({ path: file.at, detail: fault });
      }
      for (const { path, reason } of [...footers.unreadable, ...contents.unreadable]) {
        leftOut.push({ path, detail: reason });
      }
    }
  }
  return { files, leftOut };
}

function footerFault(footer: FileFooter, { dataset, level }: DataPath): string | null {
  const { dataset: name, inputs } = readMetadata(footer.metadata);
  if (level === 'part' && name === null)
    return 'another program wrote it: it is taken in when the store is next opened';
  const [fault] = checkColumns({ path: '' }, dataset, footer);
  if (fault !== undefined && name === null)
    return `its columns are not ours (${fault.detail}): run \`tapedeck adopt\` to take it in`;
  if (fault !== undefined) return fault.detail;
  if (name !== null && name !== dataset.name) return `its footer says it holds ${name}`;
  return inputs === 'damaged' ? 'what it was made from cannot be read' : null;
}

function contentFault(
  { rows, spans, timeframes }: FileContent,
  { partition, timeframe }: DataPath,
): string | null {
  if (rows === 0) return 'it holds no rows';
  const other = timeframes.find((found) => found !== timeframe);
  if (other !== undefined) return `it holds rows of timeframe ${other}`;
  const { from, until } = periodRange(partition);
  const outside = spans.find(({ first, last }) => first < from || last >= until);
  if (outside === undefined) return null;
  return `it holds rows of ${outside.symbol} at ${formatIsoUtc(outside.first)}, which is not in ${partition}`;
}

async function describe(
  { fs, root }: FindParts,
  { at, path, parsed }: NamedFile & { readonly parsed: DataPath },
  footer: FileFooter,
  { rows, spans }: FileContent,
): Promise<FilesFound['files'][number]> {
  const { store, sequence, inputs } = readMetadata(footer.metadata);
  const origin = originOf(footer);
  const entry: FileEntry = {
    path,
    dataset: parsed.dataset.name,
    timeframe: parsed.timeframe,
    level: parsed.level,
    partition: parsed.partition,
    rows,
    sizeBytes: (await fs.size(at)) ?? 0,
    // A file of another program was there before anything that was written here.
    sequence: sequence ?? 0,
    sha256: await sha256Of(`${root}/${at}`),
    spans,
    ...(origin === null ? {} : { madeFrom: origin }),
  };
  return { at, entry, inputs: Array.isArray(inputs) ? inputs : [], storeId: store };
}

/** What rollups were made from. Without it they are made anew. */
function originOf({ metadata }: FileFooter): RollupOrigin | null {
  const text = metadata['tapedeck.sources'];
  if (text === undefined) return null;
  try {
    return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8')) as RollupOrigin;
  } catch {
    return null;
  }
}

function atOf(files: readonly NamedFile[]): string[] {
  return files.map(({ at }) => at);
}
