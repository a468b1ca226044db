import type { Dataset } from '#schemas/define-dataset';
import { objects } from '#schemas/datasets/objects';
import { datasets } from '#schemas/index';
import type { SqlTableSchema } from '#shared/domain/sql';
import { columnType } from '../column-type.ts';

/** A table that queries read, and the dataset that it is made of. */
export interface StoreTable {
  readonly name: string;
  readonly doc: string;
  readonly dataset: Dataset;
}

/** The last state of every object: what most mean by the objects of a store. */
export const objectStatesTable = 'objects';

/** The datasets under their names, but for events of objects, whose name is that of the objects as they stand. */
export const storeTables: readonly StoreTable[] = datasets.flatMap((dataset): readonly StoreTable[] => {
  if (dataset.name !== objects.name) return [{ name: dataset.name, doc: dataset.doc, dataset }];
  return [
    { name: objectStatesTable, doc: 'Chart objects as they stand: the last event of each.', dataset },
    { name: 'object_events', doc: dataset.doc, dataset },
  ];
});

export const storeTableNames: readonly string[] = storeTables.map(({ name }) => name);

/** The tables with their columns, for completion and help. */
export function tableSchemas(): readonly SqlTableSchema[] {
  return storeTables.map(({ name, doc, dataset }) => ({
    name,
    doc,
    columns: Object.entries(dataset.columns).map(([column, described]) => ({
      name: column,
      type: columnType(described),
      doc: described.doc,
    })),
  }));
}
