import { candles } from './datasets/candles.ts';
import { objects } from './datasets/objects.ts';
import { rollups } from './datasets/rollups.ts';
import type { Dataset } from './define-dataset.ts';

/** Every dataset the store keeps. Tests, readers and the command line run over this list. */
export const datasets = [candles, objects, rollups] as const;

export type DatasetName = (typeof datasets)[number]['name'];

const byName = new Map<string, Dataset>(datasets.map((dataset) => [dataset.name, dataset]));

export function findDataset(name: string): Dataset | undefined {
  return byName.get(name);
}
