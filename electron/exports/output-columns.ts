import type { Column, Dataset } from '#schemas/define-dataset';
import { isoNameOf } from '#schemas/define-dataset';
import type { ExportDataset, ExportProfile } from '#shared/domain/export-profile';
import type { Stretch } from '#shared/domain/stretches';
import { offsetChanges, offsetMsAt } from '#shared/domain/zone-offsets';
import { formatIsoInZone, instantBounds } from '#shared/domain/zone-time';
import { isoSql, quoteName, quoteText } from '../engine/sql.ts';

/** What a value is to the format that it is written in. */
export type OutputKind = 'text' | 'double' | 'integer' | 'instant' | 'json';

export interface OutputColumn {
  /** Its name in the file. */
  readonly as: string;
  /** Of the dataset. */
  readonly from: string;
  readonly column: Column;
  readonly kind: OutputKind;
}

/** The columns of a profile; those that the dataset no longer has are in `missing`. */
export function outputColumns(
  profile: ExportProfile,
  name: ExportDataset,
  dataset: Dataset,
): { readonly columns: readonly OutputColumn[]; readonly missing: readonly string[] } {
  const chosen = profile.columns[name];
  const isThere = (from: string) => Object.hasOwn(dataset.columns, from);
  return {
    columns: chosen.flatMap(({ from, as }) => {
      const column = dataset.columns[from];
      return column === undefined || !isThere(from) ? [] : [{ as, from, column, kind: kindOf(column) }];
    }),
    missing: chosen.filter(({ from }) => !isThere(from)).map(({ from }) => from),
  };
}

function kindOf({ kind }: Column): OutputKind {
  switch (kind) {
    case 'double':
      return 'double';
    case 'integer':
    case 'version':
      return 'integer';
    case 'instant':
      return 'instant';
    case 'json':
      return 'json';
    case 'symbol':
    case 'timeframe':
    case 'text':
    case 'choice':
    case 'iso':
      return 'text';
  }
}

/** SQL for a list of columns as a format that DuckDB writes wants them. */
export function outputList(
  columns: readonly OutputColumn[],
  profile: ExportProfile,
  dataset: Dataset,
  range: Stretch,
): string {
  return columns
    .map((column) => `${valueSql(column, profile, dataset, range)} AS ${quoteName(column.as)}`)
    .join(', ');
}

function valueSql(
  { from, kind, column }: OutputColumn,
  profile: ExportProfile,
  dataset: Dataset,
  range: Stretch,
): string {
  const name = quoteName(from);
  if (kind === 'instant') return instantOutput(from, column, profile, dataset, range);
  if (kind === 'json' && profile.format === 'jsonl')
    return `CASE WHEN json_valid(${name}) THEN ${name}::JSON ELSE to_json(${name}) END`;
  // What a writer left that is no JSON becomes a JSON text, so that the column can be loaded.
  if (kind === 'json' && profile.format === 'postgresql')
    return `CASE WHEN ${name} IS NULL OR json_valid(${name}) THEN ${name} ELSE to_json(${name})::VARCHAR END`;
  return name;
}

function instantOutput(
  from: string,
  column: Column,
  { format, time }: ExportProfile,
  dataset: Dataset,
  range: Stretch,
): string {
  const name = quoteName(from);
  switch (time.style) {
    case 'epoch-ms':
      return name;
    case 'epoch-us':
      return `${name} * 1000`;
    case 'epoch-ns':
      return `${name} * 1000000`;
    case 'timestamp':
      return format === 'postgresql'
        ? `strftime(epoch_ms(${name}), '%Y-%m-%d %H:%M:%S.%g000+00')`
        : `make_timestamptz(${name} * 1000)`;
    case 'iso': {
      const spelled = column.nullable ? undefined : isoNameOf(dataset, from);
      if (time.zone === 'UTC') return spelled === undefined ? isoSql(name) : quoteName(spelled);
      // Only the instant that places a row is known to lie in the range.
      return isoInZoneSql(name, time.zone, from === dataset.instant ? range : instantBounds);
    }
  }
}

/** SQL for the wall time of a zone with its offset: `2025-09-02T09:30:00.000-04:00`. */
export function isoInZoneSql(ms: string, zone: string, range: Stretch): string {
  const local = isoSql(`${ms} + ${offsetSql(ms, zone, range)}`);
  const suffix = byOffset(ms, zone, range, (ts) => quoteText(formatIsoInZone(zone, ts).slice(suffixAt)));
  return `left(${local}, ${suffixAt}) || ${suffix}`;
}

const suffixAt = '2025-09-02T09:30:00.000'.length;

/** SQL for how far the clocks of a zone are ahead of UTC, in ms. */
export function offsetSql(ms: string, zone: string, range: Stretch): string {
  return byOffset(ms, zone, range, (ts) => String(offsetMsAt(zone, ts)));
}

function byOffset(
  ms: string,
  zone: string,
  { from, until }: Stretch,
  valueAt: (ts: number) => string,
): string {
  const changes = offsetChanges(zone, from, until);
  if (changes.length === 0) return valueAt(from);
  const last = changes.at(-1) ?? from;
  const cases = changes.map(
    (change, index) => `WHEN ${ms} < ${change} THEN ${valueAt(changes[index - 1] ?? from)}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${valueAt(last)} END`;
}

/** SQL for a list of columns as DOUBLE and VARCHAR, for formats that are written row by row. Instants are ms. */
export function streamList(columns: readonly OutputColumn[]): string {
  return columns
    .map(({ from, kind }) => {
      const name = quoteName(from);
      return kind === 'text' || kind === 'json' ? `${name}::VARCHAR` : `${name}::DOUBLE`;
    })
    .join(', ');
}
