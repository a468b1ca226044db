import { latencyBoundsMs, type MeterReading } from './meter.ts';

export interface MetricFacts extends MeterReading {
  readonly fileCount: number;
  readonly storedBytes: number;
  readonly logBytes: number;
  readonly freeBytes: number | null;
  /** Since the oldest living file was written; null without files. */
  readonly oldestFileAgeMs: number | null;
  /** Rows that are safe in the log and in no file yet. */
  readonly pendingRows: number;
  /** Encoded bytes over compressed bytes, of the newest compacted files; null without any. */
  readonly compressionRatio: number | null;
}

/**
 * Metrics in the text format of Prometheus, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/).
 */
export function metricsText(facts: MetricFacts): string {
  const lines: string[] = [];
  const add = (name: string, type: 'counter' | 'gauge', help: string, value: number | null) => {
    if (value !== null) lines.push(...head(name, type, help), `${name} ${value}`);
  };
  add(
    'tapedeck_storage_bytes_written_total',
    'counter',
    'Bytes written since the store was opened.',
    facts.writtenBytes,
  );
  add('tapedeck_storage_files', 'gauge', 'Files that belong to the store.', facts.fileCount);
  add('tapedeck_storage_bytes', 'gauge', 'Bytes of these files.', facts.storedBytes);
  add(
    'tapedeck_storage_oldest_file_age_seconds',
    'gauge',
    'Age of the oldest of these files.',
    seconds(facts.oldestFileAgeMs),
  );
  add(
    'tapedeck_storage_free_bytes',
    'gauge',
    'Bytes that may still be written on its disk.',
    facts.freeBytes,
  );
  add('tapedeck_wal_bytes', 'gauge', 'Bytes of the write-ahead log.', facts.logBytes);
  add('tapedeck_wal_pending_events', 'gauge', 'Rows in the log that are in no file yet.', facts.pendingRows);
  add(
    'tapedeck_compression_ratio',
    'gauge',
    'Encoded over compressed bytes of the newest compacted files.',
    facts.compressionRatio,
  );
  lines.push(...latency(facts));
  add('tapedeck_slow_queries_total', 'counter', 'Statements that took over a second.', facts.slowCount);
  lines.push(...slowQueries(facts));
  return `${lines.join('\n')}\n`;
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function latency({ withinBound, viewports, viewportsMs }: MeterReading): string[] {
  const name = 'tapedeck_viewport_seconds';
  return [
    ...head(name, 'histogram', 'Time to answer a viewport.'),
    ...latencyBoundsMs.map(
      (bound, index) => `${name}_bucket{le="${bound / 1_000}"} ${withinBound[index] ?? 0}`,
    ),
    `${name}_bucket{le="+Inf"} ${viewports}`,
    `${name}_sum ${viewportsMs / 1_000}`,
    `${name}_count ${viewports}`,
  ];
}

function slowQueries({ slow }: MeterReading): string[] {
  if (slow.length === 0) return [];
  const name = 'tapedeck_slow_query_seconds';
  return [
    ...head(name, 'gauge', 'The newest statements that took over a second.'),
    ...slow.map(
      ({ sql, elapsedMs, atMs }) => `${name}{at_ms="${atMs}",sql="${escaped(sql)}"} ${elapsedMs / 1_000}`,
    ),
  ];
}

/** As a label's value is written. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
