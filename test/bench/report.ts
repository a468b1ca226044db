import type { Measured } from './bench.ts';

/** The measurements as a table for people. */
export function tableOf(measured: readonly Measured[]): string {
  const heading = ['bench', 'ours', 'plain', 'ratio', 'p50', 'p99', 'unit', ''];
  const rows = measured.map(({ name, ours, plain, p50, p99, unit, note }) => [
    name,
    figure(ours),
    figure(plain),
    figure(ours / plain),
    p50 === null ? '' : figure(p50),
    p99 === null ? '' : figure(p99),
    unit,
    note,
  ]);
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const isText = (column: number) => column === 0 || column >= 6;
  return [heading, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function jsonOf(measured: readonly Measured[]): string {
  const lines = measured.map(({ name, ours, plain, p50, p99, unit }) =>
    JSON.stringify({ name, ours, plain, ratio: ours / plain, p50, p99, unit }),
  );
  return `[${lines.join(',\n')}]\n`;
}

function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
