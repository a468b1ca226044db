import type { Timeframe } from '#shared/domain/timeframe';
import { timeframesOf } from '../../data/timeframes.ts';
import { anyOf, shortcut } from '../../data/shortcut.ts';
import { symbolIn, type CatalogSlice } from '../catalog-slice.ts';
import { showSymbol, showTimeframe } from '../show-series.ts';
import type { WorkbenchState } from '../store.ts';
import { hasChart, isWorkbench, type Command } from './command.ts';

export const findSymbol: Command = {
  id: 'symbol.find',
  title: 'Find a symbol…',
  section: 'Symbols',
  hint: 'Choose a symbol (or just type its first letters)',
  words: 'ticker search choose',
  shortcuts: [anyOf('A … Z', /^[a-z]$/i)],
  isEnabled: isWorkbench,
  run: (store, typed) => store.getState().workspace.ask({ kind: 'search', typed }),
};

export const typeTimeframe: Command = {
  id: 'timeframe.type',
  title: 'Type a timeframe…',
  section: 'Timeframe',
  words: 'interval bars',
  shortcuts: [anyOf('1 … 9', /^[1-9]$/)],
  isEnabled: hasChart,
  run: (store, typed) => store.getState().overlay.show('timeframe', typed),
};

/** One for each timeframe that the symbol is stored in or can be made of. */
export function timeframeCommands(catalog: CatalogSlice, shown: string | null): readonly TimeframeCommand[] {
  const symbol = symbolIn(catalog, shown);
  const stored = new Set(symbol?.timeframes.map(({ timeframe }) => timeframe) ?? []);
  return timeframesOf(symbol).map((timeframe) => ({
    timeframe,
    command: timeframeCommand(timeframe, stored.has(timeframe)),
  }));
}

export interface TimeframeCommand {
  readonly timeframe: Timeframe;
  readonly command: Command;
}

function timeframeCommand(timeframe: Timeframe, isStored: boolean): Command {
  return {
    id: `timeframe.show.${timeframe}`,
    title: `Bars of ${timeframe}`,
    section: 'Timeframe',
    hint: isStored ? `Bars of ${timeframe}` : `Bars of ${timeframe}, made from shorter ones`,
    words: 'interval',
    isOn: ({ chart }) => chart.base === timeframe,
    run: (store) => showTimeframe(store, timeframe),
  };
}

/** One for each symbol that has bars, in the order of the list; none while the list is not there. */
export function symbolCommands({ catalog, chart }: WorkbenchState): readonly Command[] {
  if (catalog.symbols.phase !== 'ready') return [];
  return catalog.symbols.value
    .filter(({ timeframes }) => timeframes.length > 0)
    .map(({ symbol }) => ({
      id: `symbol.show.${symbol}`,
      title: symbol,
      section: 'Symbols',
      words: 'symbol show',
      isOn: () => chart.key?.symbol === symbol,
      run: (store) => showSymbol(store, symbol),
    }));
}

export const seriesCommands: readonly Command[] = [
  findSymbol,
  typeTimeframe,
  {
    id: 'symbol.next',
    title: 'Next symbol in the list',
    section: 'Symbols',
    shortcuts: [shortcut('Alt+PageDown')],
    isEnabled: hasChart,
    run: (store) => {
      const next = neighbour(store.getState(), 1);
      if (next !== null) showSymbol(store, next);
    },
  },
  {
    id: 'symbol.previous',
    title: 'Previous symbol in the list',
    section: 'Symbols',
    shortcuts: [shortcut('Alt+PageUp')],
    isEnabled: hasChart,
    run: (store) => {
      const previous = neighbour(store.getState(), -1);
      if (previous !== null) showSymbol(store, previous);
    },
  },
];

/** The symbol so many places on in the list, which begins again at its end. */
function neighbour({ catalog, chart }: WorkbenchState, steps: number): string | null {
  if (catalog.symbols.phase !== 'ready') return null;
  const names = catalog.symbols.value
    .filter(({ timeframes }) => timeframes.length > 0)
    .map(({ symbol }) => symbol);
  const at = names.indexOf(chart.key?.symbol ?? '');
  return names[(at + steps + names.length) % Math.max(1, names.length)] ?? null;
}
