import type { StoredRow } from '#schemas/define-dataset';
import type { EncodePart } from '../../../electron/storage/part-writer.ts';

interface ModelFileContent {
  readonly dataset: string;
  readonly rows: readonly StoredRow[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly end: 'PAR1';
}

/** Stands in for Parquet: as there, a file that was cut short or has holes cannot be read. */
export const encodeModelPart: EncodePart = (dataset, rows, metadata) => {
  const content: ModelFileContent = { dataset: dataset.name, rows, metadata, end: 'PAR1' };
  return Promise.resolve(new TextEncoder().encode(JSON.stringify(content)));
};

export function decodeModelFile(bytes: Uint8Array): ModelFileContent {
  return JSON.parse(new TextDecoder().decode(bytes)) as ModelFileContent;
}
