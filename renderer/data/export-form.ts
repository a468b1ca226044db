import type { ExportRequest } from '#shared/domain/export-plan';
import {
  endingOf,
  exportDatasets,
  type ExportDataset,
  type ExportProfile,
} from '#shared/domain/export-profile';
import { formatIsoInZone } from '#shared/domain/zone-time';
import type { SeriesKey } from './bar-window.ts';
import { readTypedTime } from './typed-time.ts';

/** What is typed and chosen in the form of an export, as it is typed. */
export interface ExportForm {
  readonly profile: string;
  readonly datasets: readonly ExportDataset[];
  /** With commas; all when empty. */
  readonly symbols: string;
  /** Empty for objects of all timeframes. */
  readonly timeframe: string;
  readonly from: string;
  readonly until: string;
  readonly out: string;
  readonly overwrite: boolean;
  readonly qualityReport: boolean;
}

export const blankExportForm: ExportForm = {
  profile: 'csv',
  datasets: ['candles'],
  symbols: '',
  timeframe: '',
  from: '',
  until: '',
  out: '',
  overwrite: false,
  qualityReport: false,
};

/** The name under which the form is kept as a draft. */
export const exportDraft = 'exports';

/**
 * Reads a form that was kept; whatever does not fit is as in a blank one. Before anything is kept it is about `shown`, the
 * series on the chart.
 */
export function readExportForm(text: string, shown: SeriesKey | null = null): ExportForm {
  if (text === '' && shown !== null)
    return { ...blankExportForm, symbols: shown.symbol, timeframe: shown.timeframe };
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return blankExportForm;
  }
  if (typeof kept !== 'object' || kept === null) return blankExportForm;
  const given = kept as Readonly<Record<string, unknown>>;
  const textOf = (name: keyof ExportForm, fallback: string) => {
    const value = given[name];
    return typeof value === 'string' ? value : fallback;
  };
  const datasets = Array.isArray(given['datasets']) ? (given['datasets'] as readonly unknown[]) : ['candles'];
  return {
    profile: textOf('profile', blankExportForm.profile),
    datasets: exportDatasets.filter((dataset) => datasets.includes(dataset)),
    symbols: textOf('symbols', ''),
    timeframe: textOf('timeframe', ''),
    from: textOf('from', ''),
    until: textOf('until', ''),
    out: textOf('out', ''),
    overwrite: given['overwrite'] === true,
    qualityReport: given['qualityReport'] === true,
  };
}

/** The form as a draft is kept: `readExportForm` reads it back. */
export function writeExportForm(form: ExportForm): string {
  return JSON.stringify(form);
}

export type ReadRequest =
  | { readonly ok: true; readonly request: ExportRequest }
  /** `field` is null where something is still missing, rather than wrong. */
  | { readonly ok: false; readonly field: keyof ExportForm | null; readonly reason: string };

/** The request that a form stands for; times without an offset are those of `zone`. */
export function exportRequestOf(form: ExportForm, zone: string): ReadRequest {
  const { profile, datasets, timeframe, overwrite, qualityReport } = form;
  if (datasets.length === 0) return missing('Choose bars, objects or both.');
  if (datasets.includes('candles') && timeframe === '') return missing('Choose a timeframe.');
  const [from, until] = [readTime(form.from, zone), readTime(form.until, zone)];
  if (from.fault !== null) return { ok: false, field: 'from', reason: from.fault };
  if (until.fault !== null) return { ok: false, field: 'until', reason: until.fault };
  if (from.ts !== null && until.ts !== null && from.ts >= until.ts)
    return { ok: false, field: 'until', reason: 'The end must be later than the beginning.' };
  const out = form.out.trim();
  if (out === '') return missing('Choose where the files are to go.');
  if (!isAbsolute(out)) return { ok: false, field: 'out', reason: 'Give the whole path, from the root on.' };
  const symbols = form.symbols
    .split(',')
    .map((symbol) => symbol.trim())
    .filter((symbol) => symbol !== '');
  return {
    ok: true,
    request: {
      profile,
      datasets,
      out,
      ...(symbols.length === 0 ? {} : { symbols }),
      ...(timeframe === '' ? {} : { timeframe }),
      ...(from.ts === null ? {} : { from: from.ts }),
      ...(until.ts === null ? {} : { until: until.ts }),
      ...(overwrite ? { overwrite } : {}),
      ...(qualityReport ? { qualityReport } : {}),
    },
  };
}

/** A time for the form: with its offset, so that it means the same whatever zone is looked at later. */
export function exportTime(ts: number, zone: string): string {
  return formatIsoInZone(zone, ts)
    .replace(/(?::00)?\.000/, '')
    .replace('T', ' ');
}

/** A name for the one file of an export: `SPY-5m.csv`. */
export function exportFileName(form: ExportForm, profile: ExportProfile): string {
  const parts = [form.symbols.split(',')[0]?.trim() ?? '', form.timeframe, ...form.datasets.slice(1)];
  const name = parts.filter((part) => part !== '').join('-');
  return `${(name === '' ? 'export' : name).replace(/[^A-Za-z0-9._-]/g, '_')}${endingOf(profile)}`;
}

/** Whether a profile makes one file of such a form, which then has a name of its own. */
export function isOneFile({ datasets }: ExportForm, { format, splitBy }: ExportProfile): boolean {
  return format !== 'lean' && format !== 'postgresql' && splitBy.length === 0 && datasets.length === 1;
}

function missing(reason: string): ReadRequest {
  return { ok: false, field: null, reason };
}

function readTime(text: string, zone: string): { readonly ts: number | null; readonly fault: string | null } {
  const typed = text.trim();
  if (typed === '') return { ts: null, fault: null };
  const read = readTypedTime(typed, zone);
  return read.ok ? { ts: read.ts, fault: null } : { ts: null, fault: `${read.fault}.` };
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');
}
