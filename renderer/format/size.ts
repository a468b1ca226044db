const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1.2 GiB`; `formatExactSize` has every byte. */
export function formatSize(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? Math.round(value) : value.toFixed(value < 100 ? 1 : 0)} ${units[power] ?? 'B'}`;
}

export function formatExactSize(bytes: number): string {
  return `${Math.round(bytes).toLocaleString('en-US')} bytes`;
}
