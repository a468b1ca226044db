import { counted } from '#shared/counted';
import type { StorageSummary } from '#shared/domain/storage';
import { useCallback } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatExactSize, formatSize } from '../../format/size.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GrowthChart } from './growth-chart.tsx';
import styles from './storage.module.css';

/** A large store is summed up again at most this often, in ms. */
export const storageInterval = 3_000;

/** The store in figures: what it takes, what is left of the disk, how it grows. */
export function SummarySide() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const ask = useCallback(() => calls.storage.summary({}), [calls]);
  const { found, load } = useFresh(ask, storageInterval);
  switch (found.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={6} label="Summing up the store" />;
    case 'failed':
      return <Failure {...found.problem} onRetry={() => void load()} />;
    case 'ready':
      return <Figures summary={found.value} />;
  }
}

function Figures({ summary }: { readonly summary: StorageSummary }) {
  const zone = useWorkbench((state) => state.settings.zone);
  const { files, rows, sizeBytes, logBytes, trash, freeBytes, growth, compressionRatio } = summary;
  return (
    <>
      <dl className={styles.figures}>
        <dt>Files</dt>
        <dd>
          <Size bytes={sizeBytes} /> · {formatCount(files)}
        </dd>
        <dt>Rows</dt>
        <dd>{formatCount(rows)}</dd>
        {summary.tiers.length > 1 &&
          summary.tiers.map(({ tier, sizeBytes: own, files: count }) => (
            <div key={tier} className={styles.pair}>
              <dt className={styles.tier} data-tier={tier}>
                {tier}
              </dt>
              <dd>
                <Size bytes={own} /> · {formatCount(count)}
              </dd>
            </div>
          ))}
        <dt>Log</dt>
        <dd>
          <Size bytes={logBytes} />
        </dd>
        <dt>Trash</dt>
        <dd>
          <Size bytes={trash.sizeBytes} /> · {formatCount(trash.files)}
        </dd>
        <dt title="Encoded bytes to compressed ones, over the newest merged files">Compression</dt>
        <dd>{compressionRatio === null ? 'nothing merged yet' : `${compressionRatio.toFixed(2)} : 1`}</dd>
        <dt>Free on the disk</dt>
        <dd>{freeBytes === null ? 'unknown' : <Size bytes={freeBytes} />}</dd>
        <dt>Growth</dt>
        <dd>{growthText(growth)}</dd>
        <dt>Disk full in</dt>
        <dd>{fullText(growth)}</dd>
      </dl>
      <GrowthChart growth={growth} zone={zone} />
      <p className={styles.basis}>{growth.basis}</p>
    </>
  );
}

/** A size in its largest unit; who points at it sees every byte. */
export function Size({ bytes }: { readonly bytes: number }) {
  return <span title={formatExactSize(bytes)}>{formatSize(bytes)}</span>;
}

function growthText({ bytesPerDay }: StorageSummary['growth']): string {
  if (bytesPerDay === null) return 'not enough history';
  return `${bytesPerDay < 0 ? '−' : ''}${formatSize(Math.abs(bytesPerDay))} a day`;
}

function fullText({ bytesPerDay, daysUntilFull }: StorageSummary['growth']): string {
  if (bytesPerDay === null) return 'not enough history';
  if (daysUntilFull === null) return 'does not fill up';
  const days = Math.floor(daysUntilFull);
  if (days > 3_650) return 'more than ten years';
  return counted(days, 'day');
}
