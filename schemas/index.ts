import type { ExportProfile } from '#shared/domain/export-profile';
import { audits } from './datasets/audits.ts';
import { candles } from './datasets/candles.ts';
import { decisions } from './datasets/decisions.ts';
import { objects } from './datasets/objects.ts';
import { policies } from './datasets/policies.ts';
import { quotes } from './datasets/quotes.ts';
import { rollups } from './datasets/rollups.ts';
import { stats } from './datasets/stats.ts';
import { trades } from './datasets/trades.ts';
import type { Dataset } from './define-dataset.ts';
import { arrow } from './export-profiles/arrow.ts';
import { csv } from './export-profiles/csv.ts';
import { excel } from './export-profiles/excel.ts';
import { jsonl } from './export-profiles/jsonl.ts';
import { leanCrypto, leanEquity, leanForex } from './export-profiles/lean.ts';
import { parquet } from './export-profiles/parquet.ts';
import { postgresql } from './export-profiles/postgresql.ts';
import { pythonPandas } from './export-profiles/python-pandas.ts';
import { rDataFrame } from './export-profiles/r-data-frame.ts';

/** Every dataset the store keeps. Tests, readers and the command line run over this list. */
export const datasets = [
  ...[candles, objects, rollups],
  ...[decisions, audits, stats, policies],
  ...[trades, quotes],
] as const;

/** Ways to export that come with the product, in the order of menus. */
export const exportProfiles: readonly ExportProfile[] = [
  csv,
  parquet,
  jsonl,
  excel,
  pythonPandas,
  rDataFrame,
  arrow,
  postgresql,
  leanEquity,
  leanCrypto,
  leanForex,
];

const byName = new Map<string, Dataset>(datasets.map((dataset) => [dataset.name, dataset]));

/** The dataset of that name; undefined where there is none. */
export function findDataset(name: string): Dataset | undefined {
  return byName.get(name);
}
