import { placeOfZone, matchingZones } from '../../data/zones.ts';
import { shortcut } from '../../data/shortcut.ts';
import { hasChart, isWorkbench, type Command } from './command.ts';

/** A zone in which times are read. */
export function zoneCommand(zone: string): Command {
  return {
    id: `time.zone.${zone}`,
    title: `Times in ${zone}`,
    section: 'Time',
    hint: zone,
    words: `time zone ${placeOfZone(zone)}`,
    isOn: ({ settings }) => settings.zone === zone && !settings.isExchangeZone,
    run: (store) => store.getState().settings.change({ zone, isExchangeZone: false }),
  };
}

export const exchangeZone: Command = {
  id: 'time.zone-of-exchange',
  title: 'Times of the exchange',
  section: 'Time',
  words: 'time zone local follow',
  isOn: ({ settings }) => settings.isExchangeZone,
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ isExchangeZone: !settings.isExchangeZone });
  },
};

export const sessionShading: Command = {
  id: 'time.session-shading',
  title: 'Tint pre-market and after hours',
  section: 'Time',
  words: 'sessions shading extended',
  isOn: ({ settings }) => settings.hasSessionShading,
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ hasSessionShading: !settings.hasSessionShading });
  },
};

export const roomForGaps: Command = {
  id: 'time.gaps',
  title: 'Leave room for missing bars',
  section: 'Time',
  words: 'gaps holes',
  isOn: ({ settings }) => settings.hasGaps,
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ hasGaps: !settings.hasGaps });
  },
};

export const nextZone: Command = {
  id: 'time.new-york-or-utc',
  title: 'Switch between New York and UTC',
  section: 'Time',
  words: 'time zone',
  shortcuts: [shortcut('Alt+Z')],
  isEnabled: hasChart,
  run: (store) => {
    const { settings } = store.getState();
    settings.change({ zone: settings.zone === 'UTC' ? 'America/New_York' : 'UTC', isExchangeZone: false });
  },
};

const openTimeMenu: Command = {
  id: 'time.menu',
  title: 'Time zone, sessions and resolution…',
  section: 'Time',
  isEnabled: isWorkbench,
  run: (store) => store.getState().overlay.show('time'),
};

export const timeCommands: readonly Command[] = [
  openTimeMenu,
  nextZone,
  exchangeZone,
  sessionShading,
  roomForGaps,
];

/** Every zone there is. */
export function zoneCommands(): readonly Command[] {
  return matchingZones('').map(zoneCommand);
}
