import type { ImportTimeUnit } from '#shared/domain/import';
import type { Engine } from '../../engine/engine.ts';
import { quoteName, quoteText } from '../../engine/sql.ts';
import type { SourceIntake } from './bar-intake.ts';
import type { Content } from './open-content.ts';
import { readStretch } from './read-columns.ts';
import { describe, type Recognised, type RecogniseOptions } from './recognise.ts';
import { UnreadableImport } from './unreadable.ts';

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** Finds out the columns of a Parquet file. Those that hold structures or lists are not looked into. */
export async function recogniseParquet(
  engine: Engine,
  content: Content,
  options: RecogniseOptions,
): Promise<Recognised> {
  const columns = await columnsOf(engine, content);
  const plain = columns.filter(({ type }) => !isNested(type));
  const nested = columns.filter(({ type }) => isNested(type)).map(({ name }) => name);
  if (plain.length < columns.length && plain.length < 5)
    throw new UnreadableImport(
      `keeps its values in columns with structures or lists (${nested.join(', ')}); import reads plain columns`,
    );
  const rows = await readRows(engine, content, plain, 0, 20);
  if (rows.length === 0) throw new UnreadableImport('has no rows');
  const texts = rows.map((row) => row.map((value) => (value === null ? '' : String(value))));
  const names = plain.map(({ name }) => name);
  const sample = {
    format: 'parquet',
    delimiter: null,
    hasHeader: true,
    isNamed: true,
    names,
    rows: texts,
  } as const;
  const known = describe(content, sample, options);
  const unit = unitOfType(plain[known.source.mapping.time ?? 0]?.type ?? '');
  return unit === null ? known : describe(content, { ...sample, unit }, options);
}

const rowsAtOnce = 65_536;

/** Gives the rows of a Parquet file to the intake. */
export async function readParquet(
  engine: Engine,
  { source, content }: Recognised,
  intake: SourceIntake,
  onShare: (share: number) => void,
): Promise<void> {
  const columns = (await columnsOf(engine, content)).filter(({ type }) => !isNested(type));
  const [counted = []] = await engine.rows(
    `SELECT count(*) FROM read_parquet(${quoteText(content.file.path)})`,
    [],
  );
  const total = Number(counted[0]);
  for (let from = 0; from < total; from += rowsAtOnce) {
    const rows = await readRows(engine, content, columns, from, from + rowsAtOnce);
    const value = (column: number, row: number) => rows[row]?.[column];
    await readStretch({ count: rows.length, value }, source.columns.length, from + 1, intake);
    onShare(Math.min(1, (from + rowsAtOnce) / total));
  }
}

async function columnsOf(engine: Engine, { file, compression }: Content): Promise<ParquetColumn[]> {
  if (compression !== null) throw new UnreadableImport('is a Parquet file in an archive; unpack it first');
  const rows = await engine
    .rows(`SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(${quoteText(file.path)}))`, [])
    .catch((error: unknown) => {
      const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new UnreadableImport(`is no whole Parquet file (${line})`);
    });
  return rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
}

function readRows(
  engine: Engine,
  { file }: Content,
  columns: readonly ParquetColumn[],
  from: number,
  until: number,
): ReturnType<Engine['rows']> {
  return engine.rows(
    `SELECT ${columns.map(valueSql).join(', ')} FROM read_parquet(${quoteText(file.path)}, file_row_number = true)
     WHERE file_row_number >= ${from} AND file_row_number < ${until} ORDER BY file_row_number`,
    [],
  );
}

/** Times as whole ms, so that nothing is lost on the way; other numbers as doubles; the rest as text. */
function valueSql({ name, type }: ParquetColumn): string {
  const column = quoteName(name);
  if (unitOfType(type) !== null) return `CAST(epoch_ms(CAST(${column} AS TIMESTAMP)) AS DOUBLE)`;
  if (/^(FLOAT|DOUBLE|DECIMAL.*)$/.test(type)) return `CAST(${column} AS DOUBLE)`;
  return `CAST(${column} AS VARCHAR)`;
}

/** Of columns that are times by their type. */
function unitOfType(type: string): ImportTimeUnit | null {
  if (type === 'TIMESTAMP WITH TIME ZONE') return 'ms';
  return /^(TIMESTAMP(_S|_MS|_NS)?|DATE)$/.test(type) ? 'wall-ms' : null;
}

function isNested(type: string): boolean {
  return /^(STRUCT|MAP|UNION)\(|\[\d*\]$|^(JSON|BLOB|VARIANT)$/.test(type);
}
