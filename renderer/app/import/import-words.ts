import type { ConflictRule, ImportFormat, ImportSource, ImportTimeUnit } from '#shared/domain/import';

export const formatWords: Readonly<Record<ImportFormat, string>> = {
  csv: 'CSV',
  json: 'JSON list',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  lean: 'Lean',
  binance: 'Binance klines',
};

export const conflictWords: Readonly<Record<ConflictRule, string>> = {
  skip: 'Keep the stored bars',
  'replace-day': 'Replace whole UTC days',
  stop: 'Import nothing',
};

const unitWords: Readonly<Record<ImportTimeUnit, string>> = {
  iso: 'dates and times',
  s: 'seconds since 1970',
  ms: 'milliseconds since 1970',
  us: 'microseconds since 1970',
  ns: 'nanoseconds since 1970',
  'wall-ms': 'dates and times without a zone',
  'ms-of-day': 'milliseconds since midnight, the date in the name',
};

const delimiterWords: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars (|)',
  ' ': 'spaces',
};

/** How a file is written: `CSV, gzip, commas, with a header`. */
export function describeSource({ format, compression, delimiter, hasHeader }: ImportSource): string {
  return [
    formatWords[format],
    compression,
    delimiter === null ? null : (delimiterWords[delimiter] ?? `“${delimiter}” between fields`),
    delimiter === null ? null : hasHeader ? 'with a header' : 'without a header',
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** How its times are written and what they mean. */
export function describeTimes({ unit, hasOffset, zone, barTime, priceScale }: ImportSource): string {
  const written =
    unit === 'iso' ? `${unitWords.iso} ${hasOffset ? 'with' : 'without'} an offset` : unitWords[unit];
  const read = hasOffset ? '' : `, read in ${zone}`;
  const scaled = priceScale === 1 ? '' : `; prices × ${priceScale}`;
  return `Times: ${written}${read}, of the ${barTime} of each bar${scaled}`;
}
