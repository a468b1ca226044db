const steps = [
  { from: 1e12, letter: 'T' },
  { from: 1e9, letter: 'B' },
  { from: 1e6, letter: 'M' },
  { from: 1e4, letter: 'K' },
] as const;

/** `8,341`: every digit. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? Math.round(count).toLocaleString('en-US') : '–';
}

/** `1.24 M`: three or four digits, for volumes on an axis or in a legend. */
export function formatShortCount(count: number): string {
  if (!Number.isFinite(count)) return '–';
  const size = Math.abs(count);
  const step = steps.find(({ from }) => size >= from);
  if (step === undefined) {
    return size !== 0 && size < 100 ? String(Number(count.toPrecision(3))) : formatCount(count);
  }
  const unit = step.letter === 'K' ? 1e3 : step.from;
  return `${Number((count / unit).toPrecision(3))} ${step.letter}`;
}
