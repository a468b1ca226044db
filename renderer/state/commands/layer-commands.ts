import { objectTypes } from '#shared/domain/chart-object';
import { filteredTypes } from '../../data/object-filter.ts';
import { shortcut } from '../../data/shortcut.ts';
import type { LayerId } from '../settings-slice.ts';
import { hasChartTools, type Command } from './command.ts';

const layerNames: Readonly<Record<LayerId, string>> = {
  zone: 'Zones',
  level: 'Levels',
  flag: 'Flags',
  marker: 'Markers',
  'day-breaks': 'Lines between trading days',
};

/** A layer for each type of object. */
export const objectLayers = objectTypes.map((layer, index) => ({
  layer,
  command: layerCommand(layer, index + 1),
}));

export const dayBreaks: Command = layerCommand('day-breaks', objectTypes.length + 1);

export const clearFilters: Command = {
  id: 'layer.clear-filters',
  title: 'Clear filters',
  section: 'Layers',
  hint: 'Show all objects of the layers that are on',
  words: 'layer objects show all',
  isEnabled: ({ settings }) => filteredTypes(settings.objectFilters).length > 0,
  run: (store) => store.getState().settings.clearFilter(),
};

export const usualStyles: Command = {
  id: 'layer.usual-styles',
  title: 'Usual styles',
  section: 'Layers',
  hint: 'Draw all objects as they are drawn in a new window',
  words: 'layer objects reset colours lines',
  isEnabled: ({ settings }) => Object.keys(settings.objectStyles).length > 0,
  run: (store) => store.getState().settings.resetStyle(),
};

export const layerCommands: readonly Command[] = [
  {
    id: 'layer.menu',
    title: 'Layers…',
    section: 'Layers',
    words: 'overlays objects',
    isEnabled: hasChartTools,
    run: (store) => store.getState().overlay.show('layers'),
  },
  ...objectLayers.map(({ command }) => command),
  dayBreaks,
  clearFilters,
  usualStyles,
];

function layerCommand(layer: LayerId, number: number): Command {
  return {
    id: `layer.${layer}`,
    title: layerNames[layer],
    section: 'Layers',
    words: 'layer show hide',
    shortcuts: [shortcut(`Alt+${number}`)],
    isOn: ({ settings }) => settings.layers[layer],
    run: (store) => store.getState().settings.toggleLayer(layer),
  };
}
