import { counted } from '#shared/counted';
import type { SizeSample, StorageGrowth } from '#shared/domain/storage';
import { DAY } from '#shared/units';

/** Days of history that the rate is taken from: longer ago a store was used differently. */
const countedDays = 30;
const fewestSamples = 3;
const fewestDays = 1;
const shownSamples = 400;

/**
 * Judges how fast a store grows: the straight line that fits the sizes of the last thirty days best. Less than a day of
 * history says nothing.
 */
export function judgeGrowth(
  samples: readonly SizeSample[],
  nowMs: number,
  freeBytes: number | null,
): StorageGrowth {
  const shown = thinned(samples.map(({ atMs, sizeBytes }) => ({ atMs, sizeBytes })));
  const recent = samples.filter(({ atMs }) => atMs >= nowMs - countedDays * DAY && atMs <= nowMs);
  const first = recent[0]?.atMs ?? nowMs;
  const days = ((recent.at(-1)?.atMs ?? first) - first) / DAY;
  if (recent.length < fewestSamples || days < fewestDays) {
    return {
      samples: shown,
      bytesPerDay: null,
      daysUntilFull: null,
      basis:
        'Not enough history: sizes are kept hourly while the store is open, and a day of them is needed.',
    };
  }
  const bytesPerDay = slopeOf(recent, first);
  const line = `a straight line through the sizes of the last ${days < 1.5 ? 'day' : counted(Math.round(days), 'day')}`;
  if (bytesPerDay <= 0) {
    return { samples: shown, bytesPerDay, daysUntilFull: null, basis: `By ${line} the store does not grow.` };
  }
  return {
    samples: shown,
    bytesPerDay,
    daysUntilFull: freeBytes === null ? null : freeBytes / bytesPerDay,
    basis:
      freeBytes === null
        ? `By ${line}; the disk does not say how much of it is free.`
        : `By ${line}, if nothing else fills the disk.`,
  };
}

/** Bytes a day of the line with the least squares. */
function slopeOf(samples: readonly SizeSample[], originMs: number): number {
  const points = samples.map(({ atMs, sizeBytes }) => [(atMs - originMs) / DAY, sizeBytes] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** Evenly, and never without the newest. */
function thinned(samples: readonly SizeSample[]): readonly SizeSample[] {
  const step = Math.ceil(samples.length / shownSamples);
  return samples.filter((_, place) => (samples.length - 1 - place) % step === 0);
}
