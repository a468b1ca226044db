import type { ObjectType } from '#shared/domain/chart-object';
import type { ObjectFilter, ObjectFilters } from '#shared/domain/object-filter';
import type { Indicator } from '#shared/math/indicator-set';
import { noFilter, noFilters } from '../data/object-filter.ts';
import { styleOf, type ObjectStyle, type ObjectStyles, type StyleId } from '../data/object-style.ts';
import { comparedColours, mostCompared, type ComparedSymbol } from '../data/comparison.ts';
import {
  freeColour,
  freeIndicatorId,
  mostIndicators,
  type IndicatorSetting,
} from '../data/indicator-setting.ts';

export const themes = ['dark', 'light'] as const;
export type Theme = (typeof themes)[number];

export const candlePresets = ['default', 'colour-blind', 'red-up', 'hollow'] as const;
export type CandlePreset = (typeof candlePresets)[number];

export const resolutions = ['fixed', 'auto'] as const;
export type Resolution = (typeof resolutions)[number];

export const priceScales = ['linear', 'log', 'percent'] as const;
export type PriceScale = (typeof priceScales)[number];

/** What a chart can be laid over with: one layer per type of object, and the marks between days. */
export type LayerId = ObjectType | 'day-breaks';

/** How the list of objects is sorted, narrowed down and laid out. */
export interface ObjectListSetting {
  readonly type: ObjectType | 'all';
  readonly isOnScreenOnly: boolean;
  /** Leaves out what layers and their filters hide. */
  readonly isAsOnChart: boolean;
  readonly sort: { readonly column: string; readonly direction: 'ascending' | 'descending' } | null;
  /** CSS pixels by column, of those that somebody changed. */
  readonly widths: Readonly<Record<string, number>>;
}

/** How things look, and in which zone times are read. */
export interface Settings {
  readonly theme: Theme;
  readonly candles: CandlePreset;
  /** IANA name. */
  readonly zone: string;
  readonly priceScale: PriceScale;
  readonly layers: Readonly<Record<LayerId, boolean>>;
  /** Which objects of each layer are shown, on the chart and in the list. */
  readonly objectFilters: ObjectFilters;
  /** Styles that differ from the usual ones. */
  readonly objectStyles: ObjectStyles;
  readonly objectList: ObjectListSetting;
  readonly indicators: readonly IndicatorSetting[];
  readonly compared: readonly ComparedSymbol[];
  readonly hasVolume: boolean;
  /** Whether `zone` is that of the exchange, whichever symbol is shown. */
  readonly isExchangeZone: boolean;
  readonly hasSessionShading: boolean;
  /** Whether room is left where a market was open and there is no bar. */
  readonly hasGaps: boolean;
  /** `auto` shows longer bars when more are asked for than can be told apart. */
  readonly resolution: Resolution;
  /** Shares of the chart's height by pane: `price`, `volume`, or the id of an indicator. */
  readonly paneShares: Readonly<Record<string, number>>;
}

export interface SettingsSlice extends Settings {
  readonly change: (change: Partial<Settings>) => void;
  readonly toggleLayer: (layer: LayerId) => void;
  readonly changeFilter: (type: ObjectType, change: Partial<ObjectFilter>) => void;
  /** Of one layer, or of all. */
  readonly clearFilter: (type?: ObjectType) => void;
  readonly changeStyle: (id: StyleId, change: Partial<ObjectStyle>) => void;
  /** Of one kind, or of all. */
  readonly resetStyle: (id?: StyleId) => void;
  /** Adds an indicator in a colour of its own and answers its id; null when there are as many as there may be. */
  readonly addIndicator: (indicator: Indicator) => string | null;
  readonly changeIndicator: (id: string, change: Partial<Omit<IndicatorSetting, 'id'>>) => void;
  readonly removeIndicator: (id: string) => void;
  /** Draws another symbol beside the one that is shown; nothing for one that is there already. */
  readonly compareWith: (symbol: string) => void;
  readonly stopComparing: (symbol: string) => void;
}

export const defaultSettings: Settings = {
  theme: 'dark',
  candles: 'default',
  zone: 'America/New_York',
  priceScale: 'linear',
  layers: { zone: true, level: true, flag: true, marker: true, 'day-breaks': true },
  objectFilters: noFilters,
  objectStyles: {},
  objectList: { type: 'all', isOnScreenOnly: true, isAsOnChart: true, sort: null, widths: {} },
  indicators: [],
  compared: [],
  hasVolume: true,
  isExchangeZone: false,
  hasSessionShading: true,
  hasGaps: false,
  resolution: 'fixed',
  paneShares: {},
};

/** The settings without the ways to change them. */
export function plainSettings(slice: Settings): Settings {
  const names = Object.keys(defaultSettings) as (keyof Settings)[];
  return Object.fromEntries(names.map((name) => [name, slice[name]])) as unknown as Settings;
}

/** Begins with `defaultSettings`. They are kept in memory alone: whoever wants them saved watches them. */
export function settingsSlice(
  set: (change: Partial<Settings>) => void,
  get: () => SettingsSlice,
): SettingsSlice {
  return {
    ...defaultSettings,
    change: set,
    toggleLayer(layer) {
      const { layers } = get();
      set({ layers: { ...layers, [layer]: !layers[layer] } });
    },

    changeFilter(type, change) {
      const { objectFilters } = get();
      set({ objectFilters: { ...objectFilters, [type]: { ...objectFilters[type], ...change } } });
    },

    clearFilter(type) {
      set({ objectFilters: type === undefined ? noFilters : { ...get().objectFilters, [type]: noFilter } });
    },

    changeStyle(id, change) {
      const { objectStyles } = get();
      set({ objectStyles: { ...objectStyles, [id]: { ...styleOf(objectStyles, id), ...change } } });
    },

    resetStyle(id) {
      const others = Object.entries(get().objectStyles).filter(([each]) => each !== id);
      set({ objectStyles: id === undefined ? {} : Object.fromEntries(others) });
    },

    addIndicator(indicator) {
      const { indicators, compared } = get();
      if (indicators.length >= mostIndicators) return null;
      const id = freeIndicatorId(indicator.kind, indicators);
      const colour = freeColour([...indicators, ...compared]);
      set({ indicators: [...indicators, { id, indicator, colour, width: 1, isHidden: false }] });
      return id;
    },

    changeIndicator(id, change) {
      set({ indicators: get().indicators.map((each) => (each.id === id ? { ...each, ...change } : each)) });
    },

    removeIndicator(id) {
      const paneShares = Object.fromEntries(Object.entries(get().paneShares).filter(([pane]) => pane !== id));
      set({ indicators: get().indicators.filter((each) => each.id !== id), paneShares });
    },

    compareWith(symbol) {
      const { compared, indicators } = get();
      if (compared.length >= mostCompared || compared.some((each) => each.symbol === symbol)) return;
      set({
        compared: [
          ...compared,
          { symbol, colour: freeColour([...compared, ...indicators], comparedColours) },
        ],
      });
    },

    stopComparing(symbol) {
      set({ compared: get().compared.filter((each) => each.symbol !== symbol) });
    },
  };
}
