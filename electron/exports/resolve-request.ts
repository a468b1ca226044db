import { counted } from '#shared/counted';
import { exportDatasets, type ExportDataset, type ExportProfile } from '#shared/domain/export-profile';
import type { ExportRequest } from '#shared/domain/export-plan';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
import { WorkbenchError } from '#shared/errors';
import { resolve } from 'node:path';
import { refuseOwnPlace } from '../storage/refuse-own-place.ts';
import { destinationOf, slipOf, type Destination } from './destination.ts';
import type { ExportWork } from './export-work.ts';
import { leanResolution, leanTickers } from './lean/lean-layout.ts';
import type { ProfileLibrary } from './profile-library.ts';
import { sliceStore, type SliceFound, type SliceStore } from './slice-store.ts';

/** What a request is resolved against. */
export interface RequestParts extends SliceStore {
  readonly storeId: string;
  readonly profiles: ProfileLibrary;
  /** Every symbol that the store has. */
  readonly symbols: () => readonly string[];
}

/** A request with everything that it leaves open decided. */
export interface ResolvedExport {
  readonly request: ExportRequest;
  readonly profile: ExportProfile;
  readonly datasets: readonly ExportDataset[];
  readonly symbols: readonly string[];
  readonly destination: Destination;
  readonly found: readonly SliceFound[];
  readonly work: ExportWork;
  /** Files of the store that no reader sees because they are broken. */
  readonly unreadable: readonly UnreadableFile[];
}

/** The stretch of time that all slices of the work are in. */
export function rangeOf({ slices }: ExportWork): readonly [from: number, until: number] {
  return [Math.min(...slices.map(({ from }) => from)), Math.max(...slices.map(({ until }) => until))];
}

/** One sentence that says what the store has nothing of. */
export function nothingThere({ datasets, symbols, work }: ResolvedExport): string {
  const who = symbols.length > 3 ? counted(symbols.length, 'symbol') : symbols.join(', ');
  const [from, until] = rangeOf(work);
  const when =
    from < until ? ` from ${new Date(from).toISOString()} until ${new Date(until).toISOString()}` : '';
  return `There are no ${datasets.join(' or ')} of ${[who, work.timeframe].filter(Boolean).join(' ')}${when}`;
}

/** Decides everything that a request leaves open; throws `argument-invalid` with the field that makes no sense. */
export async function resolveRequest(parts: RequestParts, request: ExportRequest): Promise<ResolvedExport> {
  const profile = await parts.profiles.find(request.profile);
  const datasets = datasetsOf(profile, request);
  const symbols = symbolsOf(parts, request);
  const timeframe = timeframeOf(profile, datasets, request);
  if (request.from !== undefined && request.until !== undefined && request.from >= request.until)
    throw new WorkbenchError('argument-invalid', 'until: must be later than from');
  const written = profile.resample === null ? timeframe : parseTimeframe(profile.resample);
  if (profile.format === 'lean') {
    leanResolution(written);
    leanTickers(symbols, profile);
  }
  const slip = slipOf(request.out, profile);
  if (slip !== null) throw new WorkbenchError('argument-invalid', slip);
  const destination = destinationOf(request.out, profile, datasets);
  await refuseOwnPlace(destination.folder, resolve(parts.root));
  const found = datasets.map((dataset) =>
    sliceStore(parts, { dataset, symbols, timeframe, from: request.from, until: request.until, profile }),
  );
  const work: ExportWork = {
    profile,
    slices: found.map(({ slice }) => slice),
    timeframe: written,
    fileName: destination.fileName,
  };
  const [from, until] = rangeOf(work);
  const unreadable = datasets.flatMap((dataset) => parts.store.catalog.unreadable(dataset, { from, until }));
  return { request, profile, datasets, symbols, destination, found, work, unreadable };
}

function datasetsOf(profile: ExportProfile, { datasets }: ExportRequest): readonly ExportDataset[] {
  const able = exportDatasets.filter((dataset) => profile.columns[dataset].length > 0);
  // By itself a profile exports bars; objects beside them are asked for.
  const wanted = datasets === undefined || datasets.length === 0 ? able.slice(0, 1) : [...new Set(datasets)];
  for (const dataset of wanted) {
    if (!able.includes(dataset))
      throw new WorkbenchError('argument-invalid', `datasets: ${profile.name} has no columns for ${dataset}`);
  }
  return exportDatasets.filter((dataset) => wanted.includes(dataset));
}

function symbolsOf({ symbols }: RequestParts, request: ExportRequest): readonly string[] {
  const known = symbols();
  if (request.symbols === undefined || request.symbols.length === 0) return known;
  const unknown = request.symbols.find((symbol) => !known.includes(symbol));
  if (unknown !== undefined)
    throw new WorkbenchError('argument-invalid', `symbols: the store has no symbol ${unknown}`);
  return [...new Set(request.symbols)].sort();
}

function timeframeOf(
  profile: ExportProfile,
  datasets: readonly ExportDataset[],
  { timeframe }: ExportRequest,
): Timeframe | null {
  if (timeframe === undefined) {
    if (datasets.includes('candles') && profile.resample === null)
      throw new WorkbenchError('argument-invalid', 'timeframe: say which bars to export, such as 1m');
    return null;
  }
  const parsed = parseTimeframe(timeframe);
  if (parsed === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${timeframe} is not one such as 5m or 1h`);
  return parsed;
}
