import type { Dataset, StoredRow } from '#schemas/define-dataset';

/** What names a row: equal for rows of which only the later write counts. */
export function rowKey(dataset: Dataset, row: StoredRow): string {
  return keyText(
    dataset,
    keyPlaces(dataset).map((place) => row[place] ?? null),
  );
}

/** The same from the values of the key's columns, in their order. */
export function keyText(dataset: Dataset, values: readonly (string | number | boolean | null)[]): string {
  let text = '';
  dataset.key.forEach((name, index) => {
    const value = String(values[index] ?? '');
    text += `${dataset.columns[name]?.kind === 'timeframe' ? value.toLowerCase() : value}\u0000`;
  });
  return text;
}

const places = new WeakMap<Dataset, readonly number[]>();

function keyPlaces(dataset: Dataset): readonly number[] {
  let known = places.get(dataset);
  if (known === undefined) {
    const names = Object.keys(dataset.columns);
    known = dataset.key.map((name) => names.indexOf(name));
    places.set(dataset, known);
  }
  return known;
}
