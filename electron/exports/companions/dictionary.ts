import type { ExportProfile } from '#shared/domain/export-profile';
import { datasetOf } from '../../engine/export-slice.ts';
import type { OutputColumn } from '../output-columns.ts';
import { companionName, type Companion, type Exported } from './companion.ts';

/** A table of what every column of every file means. */
export function dictionary({ profile, destination, tables }: Exported): Companion {
  const sections = tables.flatMap(({ slice, columns }) => {
    const dataset = datasetOf(slice);
    return [
      `## ${dataset.name}`,
      '',
      dataset.doc,
      ...(slice.isReduced ? ['', 'One row an object: its last event.'] : []),
      '',
      '| column | in the store | type | may be empty | meaning |',
      '| --- | --- | --- | --- | --- |',
      ...columns.map((column) => rowOf(column, profile)),
      '',
    ];
  });
  return {
    path: companionName(destination, 'dictionary.md'),
    text: ['# What the columns mean', '', ...sections].join('\n'),
  };
}

function rowOf(column: OutputColumn, profile: ExportProfile): string {
  const { as, from, column: described } = column;
  const cells = [as, from, typeOf(column, profile), described.nullable ? 'yes' : 'no', meaningOf(column)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What the dataset says of an instant is how the store keeps it; the file has it as the profile wants. */
export function meaningOf({ kind, column }: OutputColumn): string {
  return kind === 'instant' ? column.doc.replace(/,? ms since 1970 in UTC/, '') : column.doc;
}

function typeOf({ kind }: OutputColumn, { time, format }: ExportProfile): string {
  switch (kind) {
    case 'text':
      return 'text';
    case 'double':
      return 'number';
    case 'integer':
      return 'whole number';
    case 'json':
      return format === 'jsonl' || format === 'postgresql' ? 'JSON' : 'JSON text';
    case 'instant':
      return timeType(time.style, time.zone, format);
  }
}

function timeType(
  style: ExportProfile['time']['style'],
  zone: string,
  format: ExportProfile['format'],
): string {
  switch (style) {
    case 'iso':
      return `ISO-8601 time of ${zone}, with its offset`;
    case 'epoch-ms':
      return 'milliseconds since 1970-01-01T00:00Z';
    case 'epoch-us':
      return 'microseconds since 1970-01-01T00:00Z';
    case 'epoch-ns':
      return 'nanoseconds since 1970-01-01T00:00Z';
    case 'timestamp':
      return format === 'xlsx' ? `date and time by the clocks of ${zone}` : 'timestamp in UTC';
  }
}
