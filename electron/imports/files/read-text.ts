import { ValueCells } from './cells.ts';
import { CsvCells } from './csv-cells.ts';
import type { SourceIntake } from './bar-intake.ts';
import { readElements } from './read-elements.ts';
import { readLines } from './read-lines.ts';
import type { Recognised } from './recognise.ts';
import { paced } from './paced.ts';

/** Gives the rows of a text to the intake, one line or one element of a list after the other. */
export async function readText(
  { source, content }: Recognised,
  intake: SourceIntake,
  onBytes: (packedBytes: number) => void,
): Promise<void> {
  const stream = paced(await content.open(), onBytes, intake.drain);
  if (source.format === 'json') return readElements(stream, jsonRow(source.columns, intake));
  const tooLong = (line: number) => intake.reject(line, '', 'is longer than 1 MiB, which no bar is');
  if (source.format === 'jsonl' || source.delimiter === null) {
    const take = jsonRow(source.columns, intake);
    return readLines(
      stream,
      (bytes, start, end, line) => {
        const text = bytes.toString('utf8', start, end).trim();
        if (text !== '') take(text, line);
      },
      tooLong,
    );
  }
  const cells = new CsvCells(source.delimiter, source.hasDecimalComma);
  const width = source.columns.length;
  let isHeader = source.hasHeader;
  return readLines(
    stream,
    (bytes, start, end, line) => {
      if (isBlank(bytes, start, end)) return;
      if (isHeader) {
        isHeader = false;
        return;
      }
      const fault = cells.read(bytes, start, end);
      if (fault !== null) intake.reject(line, '', fault);
      else if (cells.count !== width)
        intake.reject(line, '', `has ${cells.count} fields where the file has ${width}`);
      else intake.take(cells, line);
    },
    tooLong,
  );
}

function jsonRow(columns: readonly { readonly name: string }[], intake: SourceIntake) {
  const cells = new ValueCells();
  return (text: string, line: number): void => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      intake.reject(line, '', `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    if (typeof value !== 'object' || value === null) {
      intake.reject(line, '', 'is not a bar: neither a JSON object nor a list of values');
      return;
    }
    const named = value as Readonly<Record<string, unknown>>;
    cells.values = Array.isArray(value) ? value : columns.map(({ name }) => named[name]);
    intake.take(cells, line);
  };
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  return end === start || (end - start < 8 && bytes.toString('latin1', start, end).trim() === '');
}
