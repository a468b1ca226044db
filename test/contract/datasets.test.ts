import type { Dataset } from '#schemas/define-dataset';
import { datasets } from '#schemas/index';
import { describe, expect, it } from 'vitest';

it('has every dataset under a name and a folder of its own', () => {
  expect(new Set(datasets.map(({ name }) => name)).size).toBe(datasets.length);
  expect(new Set(datasets.map(({ folder }) => folder)).size).toBe(datasets.length);
});

describe.each<Dataset>(datasets)('dataset $name', (dataset) => {
  const names = Object.keys(dataset.columns);
  const kindOf = (name: string) => Object.entries(dataset.columns).find(([each]) => each === name)?.[1].kind;

  it('says what it and every column means', () => {
    for (const { doc } of [dataset, ...Object.values(dataset.columns)]) expect(doc).toMatch(/^\S.*\.$/);
  });

  it('is named and sorted by columns that it has', () => {
    expect(names).toEqual(expect.arrayContaining([...dataset.key, ...dataset.sortedBy, dataset.instant]));
  });

  it('is sorted by its key, so that rows of one key are neighbours in a file of one timeframe', () => {
    expect(dataset.sortedBy).toEqual(
      expect.arrayContaining(dataset.key.filter((name) => name !== 'timeframe')),
    );
  });

  it('starts its files with the symbol, which keeps a series together', () => {
    expect(dataset.sortedBy[0]).toBe('symbol');
  });

  it('never sorts or names a row by a column that may be null', () => {
    const sorting = new Set([...dataset.key, ...dataset.sortedBy, dataset.instant]);
    expect(
      Object.entries(dataset.columns).flatMap(([name, { nullable }]) =>
        nullable && sorting.has(name) ? name : [],
      ),
    ).toEqual([]);
  });

  it('is placed in time by an instant that it also spells out', () => {
    expect(kindOf(dataset.instant)).toBe('instant');
    expect(
      Object.values(dataset.columns).some(({ kind, of }) => kind === 'iso' && of === dataset.instant),
    ).toBe(true);
  });

  it('spells out instants that it has', () => {
    for (const { kind, of } of Object.values(dataset.columns)) {
      if (kind === 'iso') expect(kindOf(of ?? '')).toBe('instant');
    }
  });

  it('prunes by prices that are numbers', () => {
    for (const name of [...dataset.priceLow, ...dataset.priceHigh]) expect(kindOf(name)).toBe('double');
  });

  it('begins with parts unless the store makes it itself, and has levels of longer periods', () => {
    const longer = dataset.levels.filter((level) => level !== 'part');
    expect(dataset.levels).toEqual(dataset.name === 'rollups' ? longer : ['part', ...longer]);
    expect(longer.length).toBeGreaterThan(0);
  });

  it('carries its version in every row', () => {
    expect(Object.values(dataset.columns).filter(({ kind }) => kind === 'version')).toHaveLength(1);
  });
});
