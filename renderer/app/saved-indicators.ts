import { indicatorKinds, indicatorOf, parameterFaults } from '#shared/math/indicator-parameters';
import { z } from 'zod';
import { mostCompared } from '../data/comparison.ts';
import { lineWidths, mostIndicators } from '../data/indicator-setting.ts';
import { onlySound } from './only-sound.ts';
import { savedColour } from './saved-colour.ts';

const indicator = z
  .looseObject({ kind: z.enum(indicatorKinds) })
  .transform(({ kind, ...values }) =>
    indicatorOf(
      kind,
      Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'number')) as Record<
        string,
        number
      >,
    ),
  )
  .refine((read) => Object.keys(parameterFaults(read)).length === 0);

const indicatorSetting = z.object({
  id: z.string().min(1),
  indicator,
  colour: savedColour.catch('blue'),
  width: z.literal(lineWidths).catch(1),
  isHidden: z.boolean().catch(false),
});

const comparedSymbol = z.object({ symbol: z.string().min(1), colour: savedColour.catch('orange') });

/** Indicators as they were left; those that make no sense are left out. */
export const savedIndicators = z
  .array(z.unknown())
  .transform((list) => onlySound(list, indicatorSetting, ({ id }) => id).slice(0, mostIndicators))
  .readonly()
  .catch([]);

export const savedComparison = z
  .array(z.unknown())
  .transform((list) => onlySound(list, comparedSymbol, ({ symbol }) => symbol).slice(0, mostCompared))
  .readonly()
  .catch([]);

export const savedPaneShares = z.record(z.string(), z.number().positive().max(100)).catch({});
