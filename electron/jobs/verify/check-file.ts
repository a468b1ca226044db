import { counted } from '#shared/counted';
import type { Dataset } from '#schemas/define-dataset';
import { problemOf, type Problem, type ProblemKind } from '#shared/domain/verify-report';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { columnTypes } from '../../engine/column-type.ts';
import type { FileContent, FileFooter } from '../../engine/inspect-files.ts';
import type { FileEntry, SymbolSpan } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import { readMetadata } from '../../storage/file-metadata.ts';

type Found = (kind: ProblemKind, detail: string) => Problem;

/**
 * Holds a file's columns against its dataset, or against what was noted of a file of another program when it was taken
 * in. Such a one may have columns beside ours.
 */
export function checkColumns(
  { path, shape }: Pick<FileEntry, 'path' | 'shape'>,
  dataset: Dataset,
  footer: FileFooter,
): Problem[] {
  const expected: readonly (readonly [string, string])[] = shape?.columns ?? columnTypes(dataset);
  const found = new Map(footer.columns);
  const faults = expected.flatMap(([name, type]) => {
    const actual = found.get(name);
    if (actual === undefined) return [`${name} is missing`];
    return actual === type ? [] : [`${name} is ${actual} instead of ${type}`];
  });
  const known = new Set(expected.map(([name]) => name));
  const isOurs = readMetadata(footer.metadata).dataset !== null;
  for (const [name] of footer.columns) {
    if (isOurs && !known.has(name)) faults.push(`${name} is no column of ${dataset.name}`);
  }
  return faults.length === 0 ? [] : [problemOf('schema', path, faults.join('; '))];
}

/** Holds what the writer put into the footer against what the log says. Files of other writers have nothing there. */
export function checkFooter(
  entry: FileEntry,
  dataset: Dataset,
  storeId: string,
  footer: FileFooter,
): Problem[] {
  const { store, dataset: name, version, sequence, inputs } = readMetadata(footer.metadata);
  const found: Found = (kind, detail) => problemOf(kind, entry.path, detail);
  if (name === null || (store !== null && store !== storeId)) return [];
  if (name !== entry.dataset) return [found('footer', `its footer says it holds ${name}`)];
  if ((version ?? Infinity) > dataset.version) {
    return [found('footer', `its footer says version ${version}, which this program does not know`)];
  }
  if (sequence !== entry.sequence) {
    return [found('footer', `its footer says sequence ${sequence}, the log says ${entry.sequence}`)];
  }
  return inputs === 'damaged' ? [found('footer', 'what it was made from cannot be read')] : [];
}

/** Holds a file's rows against what the log says of it and against the rules of its level. */
export function checkContent(entry: FileEntry, content: FileContent): Problem[] {
  const problems: Problem[] = [];
  const add = (kind: ProblemKind, detail: string) => problems.push(problemOf(kind, entry.path, detail));
  if (content.emptyColumns.length > 0) {
    add('empty-value', `${content.emptyColumns.join(', ')} must hold a value in every row`);
  }
  if (content.rows !== entry.rows)
    add('rows', `it holds ${counted(content.rows, 'row')}, the log says ${entry.rows}`);
  else {
    const fault = spanFault(entry.spans, content.spans);
    if (fault !== null) add('spans', fault);
  }
  const misplaced = placeFault(entry, content);
  if (misplaced !== null) add('partition', misplaced);
  if (content.liars.length > 0) {
    add(
      'statistics',
      `its footer leaves out values of ${content.liars.join(', ')}, so that filters would miss rows`,
    );
  }
  if (entry.level !== 'part') {
    if (content.unsorted > 0)
      add('order', `${counted(content.unsorted, 'row comes', 'rows come')} before the one in front of them`);
    if (content.repeats > 0)
      add('repeated-key', `${counted(content.repeats, 'row has', 'rows have')} the key of another row`);
  }
  return problems;
}

function spanFault(expected: readonly SymbolSpan[], found: readonly SymbolSpan[]): string | null {
  const bySymbol = new Map(found.map((span) => [span.symbol, span]));
  for (const span of expected) {
    const actual = bySymbol.get(span.symbol);
    if (actual === undefined) return `it holds no rows of ${span.symbol}`;
    for (const field of ['rows', 'first', 'last', 'low', 'high'] as const) {
      if (actual[field] !== span[field]) {
        return `${field} of ${span.symbol} is ${actual[field]}, the log says ${span[field]}`;
      }
    }
  }
  const known = new Set(expected.map(({ symbol }) => symbol));
  const extra = found.find(({ symbol }) => !known.has(symbol));
  return extra === undefined ? null : `it holds rows of ${extra.symbol}, of which the log says nothing`;
}

function placeFault({ partition, timeframe }: FileEntry, { spans, timeframes }: FileContent): string | null {
  const other = timeframes.find((found) => found !== timeframe);
  if (other !== undefined) return `it holds rows of timeframe ${other}`;
  const { from, until } = periodRange(partition);
  for (const { symbol, first, last } of spans) {
    if (first < from) return `a row of ${symbol} is at ${formatIsoUtc(first)}, before ${partition}`;
    if (last >= until) return `a row of ${symbol} is at ${formatIsoUtc(last)}, after ${partition}`;
  }
  return null;
}
