import { shortcut } from '../../data/shortcut.ts';
import type { PriceScale } from '../settings-slice.ts';
import type { ChartDriver } from '../window-slice.ts';
import type { WorkbenchState, WorkbenchStore } from '../store.ts';
import { hasChart, hasChartTools, isWorkbench, type Command } from './command.ts';

export const goToDate: Command = {
  id: 'chart.go-to-date',
  title: 'Go to a date…',
  section: 'Chart',
  words: 'time jump',
  shortcuts: [shortcut('Alt+G')],
  isEnabled: (state) => hasChart(state) && hasChartTools(state),
  run: (store) => store.getState().overlay.show('go-to-date'),
};

export const goLive: Command = {
  id: 'chart.go-live',
  title: 'Go to the newest bar',
  section: 'Chart',
  words: 'live last latest',
  shortcuts: [shortcut('Alt+End')],
  isEnabled: hasChart,
  run: (store) => store.getState().chart.goLive(),
};

export const listBars: Command = {
  id: 'chart.list-bars',
  title: 'Show the bars as a table',
  section: 'Chart',
  words: 'list rows screen reader',
  shortcuts: [shortcut('Alt+B')],
  isEnabled: (state) => hasChart(state) && isWorkbench(state),
  run: (store) => store.getState().workspace.ask({ kind: 'list-bars' }),
};

/** `linear` is what remains when neither of the others is on. */
export const scaleCommands: Readonly<Record<Exclude<PriceScale, 'linear'>, Command>> = {
  log: {
    id: 'chart.scale-log',
    title: 'Logarithmic prices',
    section: 'Chart',
    words: 'log scale',
    shortcuts: [shortcut('Alt+L')],
    isEnabled: mayScale,
    isOn: (state) => scaleShown(state) === 'log',
    run: (store) => toggleScale(store, 'log'),
  },
  percent: {
    id: 'chart.scale-percent',
    title: 'Prices as percent of the first bar on the screen',
    section: 'Chart',
    words: '% scale change',
    shortcuts: [shortcut('Alt+P')],
    isEnabled: mayScale,
    isOn: (state) => scaleShown(state) === 'percent',
    run: (store) => toggleScale(store, 'percent'),
  },
};

const byTheKeyboard: readonly (readonly [id: string, title: string, keys: readonly string[], Drive])[] = [
  ['step-back', 'Crosshair one bar back', ['ArrowLeft'], (driver) => driver.step(-1)],
  ['step-on', 'Crosshair one bar on', ['ArrowRight'], (driver) => driver.step(1)],
  ['leap-back', 'Crosshair ten bars back', ['Shift+ArrowLeft'], (driver) => driver.step(-10)],
  ['leap-on', 'Crosshair ten bars on', ['Shift+ArrowRight'], (driver) => driver.step(10)],
  ['first', 'Crosshair to the first loaded bar', ['Home'], (driver) => driver.moveToEnd('first')],
  ['last', 'Crosshair to the last loaded bar', ['End'], (driver) => driver.moveToEnd('last')],
  ['zoom-in', 'Zoom in', ['+', '='], (driver) => driver.zoom(1 / 1.25)],
  ['zoom-out', 'Zoom out', ['-'], (driver) => driver.zoom(1.25)],
  ['inspect', 'Inspect the next object at the crosshair', ['Enter'], (driver) => driver.inspectNext()],
  ['leave', 'Take the crosshair away', ['Escape'], (driver) => driver.leave()],
];
type Drive = (driver: ChartDriver) => void;

const onTheChart: readonly Command[] = byTheKeyboard.map(([id, title, keys, drive]) => ({
  id: `chart.${id}`,
  title,
  section: 'On the chart',
  shortcuts: keys.map(shortcut),
  keysHold: 'chart',
  isEnabled: hasDriver,
  run: (store) => {
    const { chartDriver } = store.getState().window;
    if (chartDriver !== null) drive(chartDriver);
  },
}));

export const chartCommands: readonly Command[] = [
  goToDate,
  goLive,
  listBars,
  {
    id: 'chart.fit-prices',
    title: 'Fit prices to what is on the screen',
    section: 'Chart',
    words: 'auto scale reset',
    shortcuts: [shortcut('Alt+A')],
    isEnabled: hasDriver,
    run: (store) => store.getState().window.chartDriver?.fitPrices(),
  },
  {
    id: 'chart.focus',
    title: 'Put the focus on the chart',
    section: 'Chart',
    words: 'keyboard crosshair',
    shortcuts: [shortcut('Alt+X')],
    isEnabled: hasDriver,
    run: (store) => store.getState().window.chartDriver?.focus(),
  },
  scaleCommands.log,
  scaleCommands.percent,
  {
    id: 'chart.auto-resolution',
    title: 'Longer bars when zoomed out',
    section: 'Chart',
    words: 'auto resolution fixed',
    isOn: ({ settings }) => settings.resolution === 'auto',
    run: (store) => {
      const { settings } = store.getState();
      settings.change({ resolution: settings.resolution === 'auto' ? 'fixed' : 'auto' });
    },
  },
  ...onTheChart,
];

/** Symbols are compared in percent, whichever scale was chosen. */
function scaleShown({ comparison, settings }: WorkbenchState): PriceScale {
  return comparison.lines.length > 0 ? 'percent' : settings.priceScale;
}

function mayScale({ comparison }: WorkbenchState): boolean {
  return comparison.lines.length === 0;
}

function toggleScale(store: WorkbenchStore, scale: 'log' | 'percent'): void {
  const state = store.getState();
  state.settings.change({ priceScale: scaleShown(state) === scale ? 'linear' : scale });
}

function hasDriver({ window }: WorkbenchState): boolean {
  return window.chartDriver !== null;
}
