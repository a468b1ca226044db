import type { Shortcut } from '../../data/shortcut.ts';
import type { WorkbenchState, WorkbenchStore } from '../store.ts';

/** In the order in which lists of commands show them. */
export const sections = [
  'Chart',
  'Symbols',
  'Timeframe',
  'Time',
  'Indicators',
  'Compare',
  'Layers',
  'Replay',
  'On the chart',
  'Colours',
  'Panels',
  'Layouts',
  'Share',
  'Store',
  'Help',
] as const;
export type Section = (typeof sections)[number];

/** Something that can be done by a button, a menu, a key or the palette: each is said here once. */
export interface Command {
  /** Stable, for remembering which ones were used. */
  readonly id: string;
  /** In the imperative, or the name of what is switched on and off. */
  readonly title: string;
  readonly section: Section;
  /** Says more than the title, where there is room. */
  readonly hint?: string;
  /** Further words by which it is found. */
  readonly words?: string;
  readonly shortcuts?: readonly Shortcut[];
  /** Where its keys hold: in the whole window unless said, on the chart alone, or they are the application menu's. */
  readonly keysHold?: 'window' | 'chart' | 'menu';
  /** Left out, it can always be run. */
  readonly isEnabled?: (state: WorkbenchState) => boolean;
  /** For what is switched on and off. */
  readonly isOn?: (state: WorkbenchState) => boolean;
  /** `typed` is the key that was pressed; empty when no key was. */
  readonly run: (store: WorkbenchStore, typed: string) => unknown;
}

/** Whether a series has been loaded: without one there is nothing to move, measure or share. */
export const hasChart = ({ chart }: WorkbenchState): boolean => chart.window !== null;

/** Whether this window has the toolbar, and not one panel alone. */
export const isWorkbench = ({ window }: WorkbenchState): boolean => window.purpose?.panel == null;

/** Whether this window has the tools that a chart does not go without. */
export const hasChartTools = (state: WorkbenchState): boolean =>
  isWorkbench(state) || state.window.purpose?.panel === 'chart';
