import { objectTypes, type ObjectType } from '#shared/domain/chart-object';
import { fieldTests, filterLimits, type ObjectFilter } from '#shared/domain/object-filter';
import { z } from 'zod';
import { lineWidths } from '../data/indicator-setting.ts';
import { noFilter, noFilters } from '../data/object-filter.ts';
import {
  dashes,
  markerSizes,
  mostFill,
  styleColours,
  styleIds,
  usualStyles,
  type ObjectStyle,
  type ObjectStyles,
  type StyleId,
} from '../data/object-style.ts';
import { defaultSettings } from '../state/settings-slice.ts';
import { savedColour } from './saved-colour.ts';

const texts = z.array(z.string().max(filterLimits.text)).max(filterLimits.list).readonly().catch([]);

const filter: z.ZodType<ObjectFilter> = z.object({
  kinds: texts,
  statuses: texts,
  timeframes: texts,
  condition: z
    .object({
      field: z.string().max(filterLimits.text).catch(''),
      test: z.enum(fieldTests).catch('is'),
      value: z.string().max(filterLimits.value).catch(''),
    })
    .catch(noFilter.condition),
});

/** Filters as they were left; one that makes no sense holds nothing back. */
export const savedFilters = z
  .object({
    zone: filter.catch(noFilter),
    level: filter.catch(noFilter),
    marker: filter.catch(noFilter),
    flag: filter.catch(noFilter),
  } satisfies Record<ObjectType, unknown>)
  .catch(noFilters);

/** Styles as they were left; what makes no sense in one is as usual. */
export const savedStyles = z
  .record(z.string(), z.unknown())
  .transform((saved): ObjectStyles =>
    Object.fromEntries(
      styleIds.filter((id) => id in saved).map((id) => [id, styleSchema(id).parse(saved[id])]),
    ),
  )
  .catch({});

const usualList = defaultSettings.objectList;

/** The list of objects as it was left. */
export const savedObjectList = z
  .object({
    type: z.enum(['all', ...objectTypes]).catch(usualList.type),
    isOnScreenOnly: z.boolean().catch(usualList.isOnScreenOnly),
    isAsOnChart: z.boolean().catch(usualList.isAsOnChart),
    sort: z
      .object({ column: z.string(), direction: z.enum(['ascending', 'descending']) })
      .nullable()
      .catch(null),
    widths: z.record(z.string(), z.number().positive()).catch({}),
  })
  .catch(usualList);

function styleSchema(id: StyleId): z.ZodType<ObjectStyle> {
  const usual = usualStyles[id];
  return z
    .object({
      colour: z.union([z.enum(styleColours), savedColour]).catch(usual.colour),
      fill: z.number().min(0).max(mostFill).catch(usual.fill),
      width: z.literal(lineWidths).catch(usual.width),
      dash: z.enum(['auto', ...dashes]).catch(usual.dash),
      size: z.literal(markerSizes).catch(usual.size),
    })
    .catch(usual);
}
