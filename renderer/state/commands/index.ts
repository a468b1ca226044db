import type { WorkbenchState } from '../store.ts';
import { chartCommands } from './chart-commands.ts';
import { colourCommands } from './colour-commands.ts';
import { hasChartTools, type Command } from './command.ts';
import { exportCommands } from './export-commands.ts';
import { helpCommands } from './help-commands.ts';
import { importFiles } from './import-commands.ts';
import { layerCommands } from './layer-commands.ts';
import { layoutCommands, savedLayoutCommands } from './layout-commands.ts';
import { replayCommands } from './replay-commands.ts';
import { seriesCommands, symbolCommands, timeframeCommands } from './series-commands.ts';
import { comparisonCommands, shownIndicatorCommands, studyCommands } from './study-commands.ts';
import { timeCommands, zoneCommands } from './time-commands.ts';
import { windowCommands } from './window-commands.ts';

/** Commands that are always there. Whatever has keys is among them. */
export const fixedCommands: readonly Command[] = [
  ...withChart(chartCommands),
  ...seriesCommands,
  ...timeCommands,
  ...withChart(studyCommands),
  ...withChart(layerCommands),
  ...withChart(replayCommands),
  ...colourCommands,
  ...layoutCommands,
  ...windowCommands,
  ...exportCommands,
  importFiles,
  ...helpCommands,
];

/** Commands that come and go with what the store holds and the chart shows. */
export function changingCommands(state: WorkbenchState): readonly Command[] {
  return [
    ...symbolCommands(state),
    ...timeframeCommands(state.catalog, state.chart.key?.symbol ?? null).map(({ command }) => command),
    ...withChart(shownIndicatorCommands(state)),
    ...withChart(comparisonCommands(state)),
    ...savedLayoutCommands(state),
    ...zoneCommands(),
  ];
}

/** In a window for a panel of another kind they would change something that nobody sees. */
function withChart(commands: readonly Command[]): readonly Command[] {
  return commands.map((command) => ({
    ...command,
    isEnabled: (state) => hasChartTools(state) && (command.isEnabled?.(state) ?? true),
  }));
}
