import { indicatorKinds, indicatorOf } from '#shared/math/indicator-parameters';
import type { Indicator } from '#shared/math/indicator-set';
import { mostCompared } from '../../data/comparison.ts';
import { indicatorName, indicatorTitles, mostIndicators } from '../../data/indicator-setting.ts';
import type { WorkbenchState } from '../store.ts';
import { hasChartTools, isWorkbench, type Command } from './command.ts';

/** The averages that traders know by their length. */
export const usualAverages = [9, 21, 50, 200].map((period) => indicatorOf('ema', { period }));
/** One of each kind but the exponential average, with its usual parameters. */
export const otherIndicators = indicatorKinds
  .filter((kind) => kind !== 'ema')
  .map((kind) => indicatorOf(kind));

export const volumeCommand: Command = {
  id: 'indicator.volume',
  title: 'Volume',
  section: 'Indicators',
  words: 'show hide pane',
  isOn: ({ settings }) => settings.hasVolume,
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ hasVolume: !settings.hasVolume });
  },
};

export const studyCommands: readonly Command[] = [
  {
    id: 'indicator.menu',
    title: 'Add and change indicators…',
    section: 'Indicators',
    shortcuts: [],
    isEnabled: hasChartTools,
    run: (store) => store.getState().overlay.show('indicators'),
  },
  volumeCommand,
  ...[...usualAverages, ...otherIndicators].map(addIndicator),
  {
    id: 'compare.menu',
    title: 'Compare with another symbol…',
    section: 'Compare',
    words: 'overlay percent',
    isEnabled: isWorkbench,
    run: (store) => store.getState().overlay.show('compare'),
  },
];

function addIndicator(indicator: Indicator): Command {
  const name = indicatorName(indicator);
  const title = indicatorTitles[indicator.kind];
  return {
    id: `indicator.add.${name.toLowerCase().replaceAll(' ', '-')}`,
    title: `Add ${name}`,
    section: 'Indicators',
    words: `indicator study ${title}`,
    isEnabled: ({ settings }) => settings.indicators.length < mostIndicators,
    run: (store) => store.getState().settings.addIndicator(indicator),
  };
}

/** What can be done with the indicators that are on the chart. */
export function shownIndicatorCommands({ settings }: WorkbenchState): readonly Command[] {
  return settings.indicators.flatMap(({ id, indicator, isHidden }): Command[] => {
    const name = indicatorName(indicator);
    return [
      {
        id: `indicator.show.${id}`,
        title: `${isHidden ? 'Show' : 'Hide'} ${name}`,
        section: 'Indicators',
        run: (store) => store.getState().settings.changeIndicator(id, { isHidden: !isHidden }),
      },
      {
        id: `indicator.remove.${id}`,
        title: `Remove ${name}`,
        section: 'Indicators',
        run: (store) => store.getState().settings.removeIndicator(id),
      },
    ];
  });
}

/** Stops each comparison, and begins one with any other symbol that has bars, as long as `mostCompared` leaves room. */
export function comparisonCommands({ catalog, chart, settings }: WorkbenchState): readonly Command[] {
  const { compared } = settings;
  const stop = compared.map(({ symbol }): Command => ({
    id: `compare.stop.${symbol}`,
    title: `Stop comparing with ${symbol}`,
    section: 'Compare',
    run: (store) => store.getState().settings.stopComparing(symbol),
  }));
  if (catalog.symbols.phase !== 'ready' || compared.length >= mostCompared) return stop;
  const taken = new Set([chart.key?.symbol, ...compared.map(({ symbol }) => symbol)]);
  const begin = catalog.symbols.value
    .filter(({ symbol, timeframes }) => timeframes.length > 0 && !taken.has(symbol))
    .map(({ symbol }): Command => ({
      id: `compare.with.${symbol}`,
      title: `Compare with ${symbol}`,
      section: 'Compare',
      run: (store) => store.getState().settings.compareWith(symbol),
    }));
  return [...stop, ...begin];
}
