import { tierIds } from './tier.ts';
import { parseResolution } from './timeframe.ts';
import { retainedDatasets, type RetentionPolicy } from './retention.ts';

const dayUnits: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };
const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
};

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Reads `30d`, `12w` or `7y` (of 365 days) as days. */
export function parseAgeDays(text: string): Parsed<number> {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const unit = dayUnits[match?.[2] ?? ''];
  const count = Number(match?.[1] ?? Number.NaN);
  if (match === null || unit === undefined)
    return { ok: false, reason: `${text} is not an age such as 30d, 12w or 7y` };
  if (!Number.isInteger(count) || count < 1)
    return { ok: false, reason: `${text}: an age is a whole number of at least 1 day` };
  if (count * unit > 36_500) return { ok: false, reason: `${text} is longer than a hundred years` };
  return { ok: true, value: count * unit };
}

/** Reads `10GiB`, `500 MB` or `1048576B`. */
export function parseSizeBytes(text: string): Parsed<number> {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim().toLowerCase());
  const unit = sizeUnits[match?.[2] ?? ''];
  if (match === null || unit === undefined)
    return { ok: false, reason: `${text} is not a size such as 10GiB or 500MB` };
  const sizeBytes = Math.round(Number(match[1]) * unit);
  if (sizeBytes < 1 || !Number.isSafeInteger(sizeBytes))
    return { ok: false, reason: `${text}: a size is more than nothing, and less than 8 PiB` };
  return { ok: true, value: sizeBytes };
}

/**
 * Reads `candles:1m=30d`, `candles@cold=5y`, `objects=365d` or `candles:5m=90d,10GiB,500MiB/symbol`: a dataset with or without a timeframe,
 * and up to three limits. The policy is switched on.
 */
export function parsePolicy(text: string): Parsed<RetentionPolicy> {
  const fault = (reason: string) => ({ ok: false, reason: `policy ${text}: ${reason}` }) as const;
  const at = text.indexOf('=');
  if (at < 0) return fault('wants a dataset and a limit, such as candles:1m=30d');
  const target = parseTarget(text.slice(0, at));
  if (!target.ok) return fault(target.reason);
  let limits: Pick<RetentionPolicy, 'maxAgeDays' | 'maxSizeBytes' | 'maxSizeBytesPerSymbol'> = {
    maxAgeDays: null,
    maxSizeBytes: null,
    maxSizeBytesPerSymbol: null,
  };
  for (const part of text.slice(at + 1).split(',')) {
    const [name, parsed] = parseLimit(part.trim());
    if (!parsed.ok) return fault(parsed.reason);
    if (limits[name] !== null) return fault(`${part} is a second limit of its kind`);
    limits = { ...limits, [name]: parsed.value };
  }
  return { ok: true, value: { ...target.value, isOn: true, ...limits, exclude: [] } };
}

/** Reads `candles:1m` or `candles`, either with the tier it is about: `candles:1m@cold`. */
export function parseTarget(text: string): Parsed<Pick<RetentionPolicy, 'dataset' | 'timeframe' | 'tier'>> {
  const [series = '', tier, ...more] = text.trim().split('@');
  const parsed = parseSeries(series);
  if (!parsed.ok || tier === undefined) return parsed;
  const found = more.length === 0 ? tierIds.find((each) => each === tier) : undefined;
  if (found === undefined)
    return { ok: false, reason: `tier ${[tier, ...more].join('@')}: is none of ${tierIds.join(', ')}` };
  if (parsed.value.dataset === 'performance') return { ok: false, reason: 'performance is in no tier' };
  return { ok: true, value: { ...parsed.value, tier: found } };
}

function parseSeries(text: string): Parsed<Pick<RetentionPolicy, 'dataset' | 'timeframe'>> {
  const [dataset = '', timeframe, ...rest] = text.split(':');
  if (!retainedDatasets.some((known) => known === dataset)) {
    const why = dataset === 'rollups' ? 'rollups are made of candles and go with them' : 'is none of these';
    return {
      ok: false,
      reason: `dataset ${dataset || '(none)'}: ${why}; use ${retainedDatasets.join(', ')}`,
    };
  }
  if (timeframe === undefined) return { ok: true, value: { dataset, timeframe: null } };
  const parsed = rest.length === 0 && dataset !== 'performance' ? parseResolution(timeframe) : null;
  if (parsed === null)
    return { ok: false, reason: `timeframe ${[timeframe, ...rest].join(':')} is not one of ${dataset}` };
  return { ok: true, value: { dataset, timeframe: parsed } };
}

function parseLimit(
  text: string,
): readonly ['maxAgeDays' | 'maxSizeBytes' | 'maxSizeBytesPerSymbol', Parsed<number>] {
  if (text.endsWith('/symbol'))
    return ['maxSizeBytesPerSymbol', parseSizeBytes(text.slice(0, -'/symbol'.length))];
  return /b$/i.test(text) ? ['maxSizeBytes', parseSizeBytes(text)] : ['maxAgeDays', parseAgeDays(text)];
}
