import { objectTypes } from '#shared/domain/chart-object';
import { isZone } from '#shared/domain/zone-offsets';
import { z } from 'zod';
import { replaySpeeds } from '../state/replay-slice.ts';
import {
  candlePresets,
  defaultSettings,
  priceScales,
  resolutions,
  themes,
  type LayerId,
} from '../state/settings-slice.ts';
import { savedFilters, savedObjectList, savedStyles } from './saved-objects.ts';
import { savedSql } from './saved-sql.ts';
import { savedComparison, savedIndicators, savedPaneShares } from './saved-indicators.ts';

const layerIds = [...objectTypes, 'day-breaks'] as const satisfies readonly LayerId[];

const layers = z.object(
  Object.fromEntries(
    layerIds.map((layer) => [layer, z.boolean().catch(defaultSettings.layers[layer])]),
  ) as Record<LayerId, z.ZodCatch<z.ZodBoolean>>,
);

/** Settings as they were saved; what is missing or makes no sense is as usual. */
export const savedSettings = z.object({
  theme: z.enum(themes).catch(defaultSettings.theme),
  candles: z.enum(candlePresets).catch(defaultSettings.candles),
  zone: z.string().refine(isZone).catch(defaultSettings.zone),
  priceScale: z.enum(priceScales).catch(defaultSettings.priceScale),
  layers: layers.catch(defaultSettings.layers),
  objectFilters: savedFilters,
  objectStyles: savedStyles,
  objectList: savedObjectList,
  indicators: savedIndicators,
  compared: savedComparison,
  hasVolume: z.boolean().catch(defaultSettings.hasVolume),
  isExchangeZone: z.boolean().catch(defaultSettings.isExchangeZone),
  hasSessionShading: z.boolean().catch(defaultSettings.hasSessionShading),
  hasGaps: z.boolean().catch(defaultSettings.hasGaps),
  resolution: z.enum(resolutions).catch(defaultSettings.resolution),
  paneShares: savedPaneShares,
});

const chart = z.object({
  symbol: z.string(),
  timeframe: z.string(),
  view: z.object({ from: z.number(), until: z.number() }).nullable().catch(null),
  isFollowing: z.boolean().catch(true),
  /** The instant as of which the chart shows; null is now. */
  asOf: z.int().nullable().catch(null),
});

const workspace = z.object({
  settings: savedSettings.catch(savedSettings.parse({})),
  chart: chart.nullable().catch(null),
  /** Bars a second. */
  replaySpeed: z.literal(replaySpeeds).catch(2),
  /** The object that is inspected. */
  selected: z.string().nullable().catch(null),
  /** Absent: nobody has said so yet. */
  isLinked: z.boolean().optional().catch(undefined),
  search: z.string().catch(''),
  /** What is typed into fields and not yet used, by the field's name. */
  drafts: z.record(z.string(), z.string()).catch({}),
  /** Ids of the commands that were last run from the palette, the latest first. */
  recentCommands: z.array(z.string()).readonly().catch([]),
  sql: savedSql,
  layout: z.unknown().optional(),
});

/** All that outlives the window. */
export type SavedWorkspace = z.infer<typeof workspace>;

/** Reads what was saved. Whatever of it is missing or makes no sense becomes what it is in a new window. */
export function readWorkspace(text: string | null): SavedWorkspace {
  try {
    return workspace.parse(JSON.parse(text ?? '{}'));
  } catch {
    return workspace.parse({});
  }
}
