const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes as people read them: `1.2 GiB`. */
export function sizeText(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return '–';
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, sizeBytes)) / 10)));
  const value = sizeBytes / 1024 ** power;
  return `${power === 0 ? Math.round(value) : value.toFixed(value < 100 ? 1 : 0)} ${units[power] ?? 'B'}`;
}
