import { shortcut } from '../../data/shortcut.ts';
import { candlePresets, themes, type CandlePreset, type Theme } from '../settings-slice.ts';
import { isWorkbench, type Command } from './command.ts';

export const presetNames: Readonly<Record<CandlePreset, string>> = {
  default: 'Usual colours',
  'colour-blind': 'Colour-blind safe: blue and orange',
  'red-up': 'Red up, green down',
  hollow: 'Hollow when up',
};

const themeCommands = themes.map((theme: Theme): Command => ({
  id: `colours.${theme}`,
  title: `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
  section: 'Colours',
  words: 'appearance mode',
  isOn: ({ settings }) => settings.theme === theme,
  run: (store) => store.getState().settings.change({ theme }),
}));

export const otherTheme: Command = {
  id: 'colours.other-theme',
  title: 'Switch between dark and light',
  section: 'Colours',
  words: 'theme appearance mode',
  shortcuts: [shortcut('Alt+T')],
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ theme: settings.theme === 'dark' ? 'light' : 'dark' });
  },
};

/** One for each way to colour candles, in the order of the menu. */
export const presetCommands: readonly Command[] = candlePresets.map((preset) => ({
  id: `colours.candles.${preset}`,
  title: presetNames[preset],
  section: 'Colours',
  words: 'candles preset palette',
  isOn: ({ settings }) => settings.candles === preset,
  run: (store) => store.getState().settings.change({ candles: preset }),
}));

export const colourCommands: readonly Command[] = [
  otherTheme,
  ...themeCommands,
  {
    id: 'colours.menu',
    title: 'Colours of the candles…',
    section: 'Colours',
    isEnabled: isWorkbench,
    run: (store) => store.getState().overlay.show('candles'),
  },
  ...presetCommands,
];
