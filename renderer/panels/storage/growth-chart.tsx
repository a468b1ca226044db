import type { StorageGrowth } from '#shared/domain/storage';
import { useElementSize } from '@mantine/hooks';
import { formatSize } from '../../format/size.ts';
import { formatInstant } from '../../format/time.ts';
import styles from './storage.module.css';

const height = 44;

/** How the size of the store has changed, as a line from its first sample to now. */
export function GrowthChart({ growth, zone }: { readonly growth: StorageGrowth; readonly zone: string }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { samples } = growth;
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || samples.length < 2) return null;
  const sizes = samples.map(({ sizeBytes }) => sizeBytes);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const x = (atMs: number) => (width * (atMs - first.atMs)) / Math.max(1, last.atMs - first.atMs);
  const y = (sizeBytes: number) =>
    height - 3 - ((height - 6) * (sizeBytes - least)) / Math.max(1, most - least);
  const points = samples.map(({ atMs, sizeBytes }) => `${x(atMs).toFixed(1)},${y(sizeBytes).toFixed(1)}`);
  const words = `From ${formatSize(first.sizeBytes)} at ${formatInstant(first.atMs, zone)} to ${formatSize(last.sizeBytes)} now`;
  return (
    <div ref={ref} className={styles.growth}>
      <svg width={width} height={height} role="img" aria-label={words}>
        <title>{words}</title>
        <polyline points={points.join(' ')} className={styles.line} />
      </svg>
    </div>
  );
}
