import {
  compressions,
  exportDatasets,
  exportFormats,
  formatTraits,
  leanSecurities,
  loaders,
  splits,
  timeStyles,
  type ExportDataset,
  type ExportProfile,
} from '#shared/domain/export-profile';
import { parseTimeframe } from '#shared/domain/timeframe';
import { isZone } from '#shared/domain/zone-offsets';
import { z } from 'zod';
import { candles } from '../datasets/candles.ts';
import { objects } from '../datasets/objects.ts';
import type { Dataset } from '../define-dataset.ts';

const exported: Readonly<Record<ExportDataset, Dataset>> = { candles, objects };

const column = z.object({ from: z.string(), as: z.string().min(1).max(120) }).strict();

const shape = z
  .object({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'may hold lower-case letters, digits and hyphens'),
    name: z.string().trim().min(1).max(80),
    doc: z.string().max(400).default(''),
    format: z.enum(exportFormats),
    columns: z.object({ candles: z.array(column), objects: z.array(column) }).strict(),
    time: z
      .object({
        style: z.enum(timeStyles),
        zone: z.string().refine(isZone, 'is not a time zone of the IANA list'),
      })
      .strict(),
    session: z.enum(['all', 'regular', 'extended']).default('all'),
    resample: z
      .string()
      .refine((text) => parseTimeframe(text) !== null, 'is not a timeframe such as 5m or 1h')
      .nullable()
      .default(null),
    splitBy: z.array(z.enum(splits)).max(2).default([]),
    fileName: z
      .string()
      .max(120)
      .regex(/^(?:[A-Za-z0-9_.=-]|\{(?:dataset|symbol|timeframe|day|month)\})+$/, {
        message:
          'may hold letters, digits, _ . = - and {dataset}, {symbol}, {timeframe}, {day}, {month}, and no folder',
      })
      .refine((text) => !text.startsWith('.'), 'must not begin with a dot'),
    compression: z.enum(compressions).default('none'),
    objects: z.enum(['states', 'events']).default('states'),
    loader: z.enum(loaders).default('none'),
    dictionary: z.boolean().default(true),
    lean: z
      .object({
        security: z.enum(leanSecurities),
        market: z.string().regex(/^[a-z0-9]{1,40}$/, 'may hold lower-case letters and digits'),
      })
      .strict()
      .default({ security: 'equity', market: 'usa' }),
  })
  .strict();

/** A profile as it is kept in a store and as users write it. What a format cannot do is refused by name. */
export const exportProfileDocument = shape.check(({ value, issues }) => {
  for (const [path, message] of faultsOf(value)) {
    issues.push({ code: 'custom', input: value, path: [...path], message });
  }
});

type Fault = readonly [path: readonly (string | number)[], message: string];

function faultsOf(profile: ExportProfile): readonly Fault[] {
  const { format, time, compression, loader, splitBy, fileName } = profile;
  const traits = formatTraits[format];
  const faults: Fault[] = exportDatasets.flatMap((dataset) => columnFaults(profile, dataset));
  const refuse = (field: string, given: string, known: readonly string[]) => {
    if (!known.includes(given))
      faults.push([field.split('.'), `${traits.title} has no ${given}: use ${known.join(', ')}`]);
  };
  refuse('time.style', time.style, traits.times);
  refuse('compression', compression, traits.compressions);
  refuse('loader', loader, traits.loaders);
  if (splitBy.length > 0 && !traits.canSplit)
    faults.push([['splitBy'], `${traits.title} has files of its own, which cannot be split otherwise`]);
  if (splitBy.includes('day') && splitBy.includes('month'))
    faults.push([['splitBy'], 'cannot be both day and month']);
  if (format !== 'lean' && format !== 'postgresql') {
    for (const split of splitBy) {
      if (!fileName.includes(`{${split}}`))
        faults.push([['fileName'], `needs {${split}}, or all files of the split would have one name`]);
    }
    for (const split of splits) {
      if (fileName.includes(`{${split}}`) && !splitBy.includes(split))
        faults.push([['fileName'], `has {${split}}, by which the files are not split`]);
    }
  }
  if (exportDatasets.every((dataset) => profile.columns[dataset].length === 0))
    faults.push([['columns'], 'must name a column of candles or of objects']);
  return faults;
}

function columnFaults(profile: ExportProfile, dataset: ExportDataset): readonly Fault[] {
  const { columns } = exported[dataset];
  const seen = new Set<string>();
  return profile.columns[dataset].flatMap(({ from, as }, index): readonly Fault[] => {
    const path = ['columns', dataset, index];
    if (!Object.hasOwn(columns, from)) return [[path, `${dataset} have no column ${from}`]];
    if (seen.has(as)) return [[path, `two columns of ${dataset} are named ${as}`]];
    seen.add(as);
    return [];
  });
}
