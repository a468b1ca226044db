import type { ExportPlan, ExportRequest } from '#shared/domain/export-plan';
import type { ExportProgress, ExportReport } from '#shared/domain/export-report';
import { formatIsoInZone } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import { datasetOf } from '../engine/export-slice.ts';
import { diskError } from '../storage/disk-error.ts';
import { companionsOf } from './companions/companions.ts';
import type { Exporter } from './exporter.ts';
import type { WrittenFile } from './export-work.ts';
import { outputColumns } from './output-columns.ts';
import { planOf } from './plan-export.ts';
import {
  nothingThere,
  rangeOf,
  resolveRequest,
  type RequestParts,
  type ResolvedExport,
} from './resolve-request.ts';
import { qualityCompanions, type QualityQuestions } from './quality-report.ts';
import { createStaging } from './staging.ts';

/** What exporting needs of the world. */
export interface ExportParts extends RequestParts {
  readonly exporter: Exporter;
  readonly quality: QualityQuestions;
}

export interface Exports {
  /** What `run` would do with the same request; writes nothing. */
  readonly plan: (request: ExportRequest, signal?: AbortSignal) => Promise<ExportPlan>;
  /** Writes the files, or none of them: what fails or is cancelled leaves nothing behind. */
  readonly run: (
    request: ExportRequest,
    onProgress?: (progress: Omit<ExportProgress, 'filesTotal' | 'rowsTotal'>) => void,
    signal?: AbortSignal,
  ) => Promise<ExportReport>;
}

/** Exports what a store holds at the moment of asking. */
export function createExports(parts: ExportParts): Exports {
  return {
    async plan(request, signal) {
      const resolved = await resolveRequest(parts, request);
      const look = await parts.exporter.look(resolved.work, signal);
      return planOf(resolved, look);
    },
    async run(request, onProgress = () => undefined, signal) {
      const release = parts.store.pin();
      try {
        return await write(parts, await resolveRequest(parts, request), onProgress, signal);
      } finally {
        release();
      }
    },
  };
}

async function write(
  parts: ExportParts,
  resolved: ResolvedExport,
  onProgress: (progress: Omit<ExportProgress, 'filesTotal' | 'rowsTotal'>) => void,
  signal?: AbortSignal,
): Promise<ExportReport> {
  const { request, profile, destination, work } = resolved;
  const staging = await createStaging(destination.folder).catch((error: unknown) => {
    throw worded(error, destination.folder);
  });
  try {
    const folders = { staging: staging.folder, target: destination.folder };
    const written = await parts.exporter.write(work, folders, onProgress, signal);
    const rows = written.files.reduce((sum, { file }) => sum + file.rows, 0);
    if (rows === 0) throw new WorkbenchError('dataset-missing', nothingThere(resolved));
    const notes = [
      ...written.notes,
      ...resolved.found.flatMap(({ made }) => made.map((each) => `Made for this export: ${each}.`)),
    ];
    const files = written.files.map(({ file }) => file);
    const judged =
      request.qualityReport === true
        ? await qualityCompanions(parts.quality, parts.timeframesOf, resolved, signal)
        : [];
    const companions = companionsOf(
      {
        profile,
        destination,
        tables: work.slices.map((slice) => ({
          slice,
          columns: outputColumns(profile, slice.dataset, datasetOf(slice)).columns,
          files: files.filter(({ dataset }) => dataset === slice.dataset),
        })),
      },
      {
        store: parts.storeId,
        profile,
        query: queryOf(resolved),
        zone: profile.time.zone,
        rows,
        files,
        notes,
      },
    );
    const beside = [...judged, ...companions];
    for (const { path, text } of beside) await staging.write(path, text);
    throwIfAborted(signal);
    const paths = [...files.map(({ path }) => path), ...beside.map(({ path }) => path)];
    await staging.publish(paths, replaceable(resolved, written.files), signal);
    return {
      profile: profile.id,
      folder: destination.folder,
      files,
      companions: beside.map(({ path }) => path),
      rows,
      sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      zone: profile.time.zone,
      notes,
    };
  } catch (error) {
    throw worded(error, request.out);
  } finally {
    await staging.remove().catch(() => undefined);
  }
}

/** Lean's own folder gathers exports: what was merged, and the manifest, may take the place of what is there. */
function replaceable({ request, profile }: ResolvedExport, files: readonly WrittenFile[]) {
  if (request.overwrite === true) return () => true;
  const merged = new Set(files.flatMap(({ file, isMerged }) => (isMerged ? [file.path] : [])));
  const kept = new Set(files.flatMap(({ file, isMerged }) => (isMerged ? [] : [file.path])));
  return (path: string) => merged.has(path) || (profile.format === 'lean' && !kept.has(path));
}

function queryOf({ datasets, symbols, work }: ResolvedExport) {
  const [from, until] = rangeOf(work);
  const { zone } = work.profile.time;
  return {
    datasets,
    symbols,
    timeframe: work.timeframe,
    from: formatIsoInZone(zone, from),
    until: formatIsoInZone(zone, until),
  };
}

function throwIfAborted(signal?: AbortSignal): void {
  if (signal?.aborted === true) throw new WorkbenchError('cancelled', 'The export was cancelled');
}

/** A failure of the disk names the place that the user gave, not the one where files are made first. */
function worded(error: unknown, out: string): WorkbenchError {
  const known = diskError(error);
  if (known.code === 'disk-full')
    return new WorkbenchError(known.code, `The disk is full: ${out}`, { cause: error });
  if (known.code === 'permission-denied')
    return new WorkbenchError(known.code, `Writing is not permitted: ${out}`, { cause: error });
  return known;
}
