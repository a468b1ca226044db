import type { ColumnStatistics as Found, SqlColumn } from '#shared/domain/sql';
import { IconX } from '@tabler/icons-react';
import type { Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './column-statistics.module.css';

export interface ColumnStatisticsProps {
  readonly column: SqlColumn;
  readonly found: Loadable<Found>;
  readonly onClose: () => void;
}

/** One column of a result, summed up beside the rows. */
export function ColumnStatistics({ column, found, onClose }: ColumnStatisticsProps) {
  return (
    <section className={styles.side} aria-label={`Statistics of ${column.name}`}>
      <header className={styles.head}>
        <h3 className={styles.name}>{column.name}</h3>
        <span className={styles.type}>{column.type}</span>
        <IconButton label="Close the statistics" onClick={onClose}>
          <IconX size={14} />
        </IconButton>
      </header>
      {found.phase === 'failed' && <Failure {...found.problem} />}
      {(found.phase === 'loading' || found.phase === 'idle') && <Skeleton rows={4} label="Counting" />}
      {found.phase === 'ready' && <Body found={found.value} />}
    </section>
  );
}

function Body({ found }: { readonly found: Found }) {
  const { rows, nulls, distinct, min, max, numbers, top } = found;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Rows', formatCount(rows)],
    ['Missing', formatCount(nulls)],
    ['Distinct', distinct === null ? null : formatCount(distinct)],
    ['Smallest', min],
    ['Largest', max],
    ['Mean', numbers === null ? null : plain(numbers.mean)],
    ['Deviation', numbers === null ? null : plain(numbers.deviation)],
    ['25 %', numbers === null ? null : plain(numbers.quartiles[0])],
    ['Median', numbers === null ? null : plain(numbers.quartiles[1])],
    ['75 %', numbers === null ? null : plain(numbers.quartiles[2])],
  ];
  return (
    <>
      {numbers !== null && <Histogram steps={numbers.histogram} />}
      <dl className={styles.facts}>
        {facts.map(
          ([name, text]) =>
            text !== null && (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd className="figure" title={text}>
                  {text}
                </dd>
              </div>
            ),
        )}
      </dl>
      {top.length > 0 && (
        <>
          <h4 className={styles.title}>Commonest</h4>
          <dl className={styles.facts}>
            {top.map(({ value, rows: count }) => (
              <div key={value ?? ''} className={styles.fact}>
                <dt title={value ?? 'NULL'}>{value ?? 'NULL'}</dt>
                <dd className="figure">{formatCount(count)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

function Histogram({ steps }: { readonly steps: readonly number[] }) {
  const most = Math.max(1, ...steps);
  return (
    <svg
      className={styles.histogram}
      viewBox={`0 0 ${steps.length} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label="How the values are spread from the smallest to the largest"
    >
      {steps.map((rows, index) => {
        const height = rows === 0 ? 0 : Math.max(0.6, (rows / most) * 20);
        return <rect key={index} x={index + 0.08} y={20 - height} width={0.84} height={height} />;
      })}
    </svg>
  );
}

function plain(value: number): string {
  return String(Number(value.toPrecision(7)));
}
