import { isoTextPattern } from '#shared/domain/iso-text';
import { instantBounds, smallestMs } from '#shared/domain/zone-time';
import { isoNameOf, type Column, type Dataset } from './define-dataset.ts';
import { symbolSchema } from './symbol-rule.ts';

/**
 * The dataset as JSON Schema (2020-12), for writers in other languages: what a row handed to the store may hold.
 *
 * A row that the store takes is valid. What ties fields to one another (high and low, a bar's grid), days that no
 * calendar has and broken Unicode are for the store alone to find.
 */
export function jsonSchemaOf(dataset: Dataset): object {
  const entries = Object.entries(dataset.columns);
  const isFilledIn = (name: string, column: Column) =>
    column.nullable ||
    column.kind === 'iso' ||
    column.kind === 'version' ||
    column.only !== undefined ||
    isoNameOf(dataset, name) !== undefined;
  const eitherSpelling = entries.flatMap(([name]) => {
    const isoName = isoNameOf(dataset, name);
    return isoName === undefined ? [] : [{ anyOf: [given(name), given(isoName)] }];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: dataset.name,
    description: dataset.doc,
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, column]) => [
        name,
        propertyOf(shapeOf(column, dataset), column.doc, isFilledIn(name, column)),
      ]),
    ),
    required: entries.filter(([name, column]) => !isFilledIn(name, column)).map(([name]) => name),
    ...(eitherSpelling.length === 0 ? {} : { allOf: eitherSpelling }),
    additionalProperties: false,
  };
}

function propertyOf(shape: object, description: string, mayBeNull: boolean): object {
  return { description, ...(mayBeNull ? { anyOf: [shape, { type: 'null' }] } : shape) };
}

function given(name: string): object {
  return { required: [name], properties: { [name]: { not: { type: 'null' } } } };
}

function shapeOf(column: Column, dataset: Dataset): object {
  switch (column.kind) {
    case 'symbol':
      return symbolSchema;
    case 'timeframe':
      if (column.only !== undefined) return { type: 'string', pattern: caseless(column.only) };
      return { type: 'string', pattern: '^[1-9][0-9]{0,3}[smhdwSMHDW]$' };
    case 'text':
      return {
        type: 'string',
        ...(column.nullable ? {} : { minLength: 1 }),
        maxLength: column.maxLength,
        not: marked,
      };
    case 'choice':
      return { enum: column.choices };
    case 'instant':
      return { anyOf: [...msShapes, isoShape, { type: 'string', pattern: '^-?[0-9]{9,20}$' }] };
    case 'iso':
      return { anyOf: [isoShape, { type: 'string', pattern: '^-?[0-9]{9,20}$' }] };
    case 'double':
      return {
        type: 'number',
        ...(column.above === undefined ? {} : { exclusiveMinimum: column.above }),
        ...(column.atLeast === undefined ? {} : { minimum: column.atLeast }),
      };
    case 'integer':
      return { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    case 'json':
      return { maxLength: column.maxLength, not: { type: 'string', ...marked } };
    case 'version':
      return { const: dataset.version };
  }
}

/** JSON Schema knows no flags. */
function caseless(word: string): string {
  return `^${Array.from(word, (letter) => `[${letter}${letter.toUpperCase()}]`).join('')}$`;
}

const isoShape = { type: 'string', pattern: isoTextPattern.source };

/** Begins with a byte-order mark. */
const marked = { pattern: '^\\uFEFF' };

/** Smaller numbers are taken for seconds. */
const msShapes = [
  { type: 'integer', minimum: instantBounds.from, maximum: -smallestMs },
  { type: 'integer', minimum: smallestMs, exclusiveMaximum: instantBounds.until },
];
