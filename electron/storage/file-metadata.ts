import type { Dataset } from '#schemas/define-dataset';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What the footer of a file of ours says: enough to make a lost log anew. */
export interface FileMetadata {
  readonly store: string | null;
  readonly dataset: string | null;
  readonly version: number | null;
  readonly sequence: number | null;
  /** Paths of the files it was made from; none where its rows came from outside; null when it was not merged. */
  readonly inputs: readonly string[] | null | 'damaged';
}

/** Spells what `readMetadata` reads. */
export function metadataOf(
  storeId: string,
  dataset: Dataset,
  sequence: number,
  inputs?: readonly string[],
): Record<string, string> {
  return {
    'tapedeck.store': storeId,
    'tapedeck.dataset': `${dataset.name} ${dataset.version}`,
    'tapedeck.sequence': String(sequence),
    // Deflated, because a day of one-row parts is four hundred paths that differ in a few digits.
    ...(inputs === undefined
      ? {}
      : { 'tapedeck.inputs': deflateRawSync(JSON.stringify(inputs)).toString('base64') }),
  };
}

/** Reads the pairs of a footer. What is missing or makes no sense is null; inputs that make none are `damaged`. */
export function readMetadata(metadata: Readonly<Record<string, string>>): FileMetadata {
  const [dataset, version] = (metadata['tapedeck.dataset'] ?? '').split(' ');
  return {
    store: metadata['tapedeck.store'] ?? null,
    dataset: dataset === undefined || dataset === '' ? null : dataset,
    version: wholeNumber(version),
    sequence: wholeNumber(metadata['tapedeck.sequence']),
    inputs: readInputs(metadata['tapedeck.inputs']),
  };
}

function wholeNumber(text: string | undefined): number | null {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function readInputs(text: string | undefined): FileMetadata['inputs'] {
  if (text === undefined) return null;
  try {
    const paths: unknown = JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8'));
    return Array.isArray(paths) && paths.every((path) => typeof path === 'string') ? paths : 'damaged';
  } catch {
    return 'damaged';
  }
}
