import { counted } from '#shared/counted';
import { shortcut } from '../../data/shortcut.ts';
import { replaySpeeds } from '../replay-slice.ts';
import type { WorkbenchState } from '../store.ts';
import { hasChart, type Command } from './command.ts';

const isOn = ({ chart }: WorkbenchState): boolean => chart.asOf !== null;

export const replayToggle: Command = {
  id: 'replay.toggle',
  title: 'Replay: show what was known at an instant',
  section: 'Replay',
  words: 'as of history past point in time enter leave',
  shortcuts: [shortcut('Alt+R')],
  isEnabled: hasChart,
  isOn,
  run: (store) => {
    const { replay } = store.getState();
    return isOn(store.getState()) ? replay.leave() : replay.enter();
  },
};

export const playOrPause: Command = {
  id: 'replay.play',
  title: 'Play or pause',
  section: 'Replay',
  shortcuts: [shortcut('Space')],
  isEnabled: isOn,
  isOn: ({ replay }) => replay.isPlaying,
  run: (store) => {
    const { replay } = store.getState();
    if (replay.isPlaying) replay.pause();
    else void replay.play();
  },
};

export const barBack: Command = {
  id: 'replay.bar-back',
  title: 'One bar back',
  section: 'Replay',
  words: 'step previous',
  shortcuts: [shortcut('[')],
  isEnabled: isOn,
  run: (store) => store.getState().replay.step('previous'),
};

export const barForward: Command = {
  id: 'replay.bar-forward',
  title: 'One bar forward',
  section: 'Replay',
  words: 'step next',
  shortcuts: [shortcut(']')],
  isEnabled: isOn,
  run: (store) => store.getState().replay.step('next'),
};

export const eventBefore: Command = {
  id: 'replay.previous-event',
  title: 'Previous object event',
  section: 'Replay',
  hint: 'To when an object last changed',
  words: 'jump',
  shortcuts: [shortcut('{')],
  isEnabled: isOn,
  run: (store) => store.getState().replay.jump('previous'),
};

export const eventAfter: Command = {
  id: 'replay.next-event',
  title: 'Next object event',
  section: 'Replay',
  hint: 'To when an object changes next',
  words: 'jump',
  shortcuts: [shortcut('}')],
  isEnabled: isOn,
  run: (store) => store.getState().replay.jump('next'),
};

/** Enters the replay if need be, and puts the focus where the instant is typed. */
export const typeInstant: Command = {
  id: 'replay.instant',
  title: 'Show the chart as of a date and time…',
  section: 'Replay',
  words: 'instant past type',
  shortcuts: [shortcut('Alt+Shift+R')],
  isEnabled: hasChart,
  run: async (store) => {
    await store.getState().replay.enter();
    store.getState().replay.askForInstant(true);
  },
};

export const replayCommands: readonly Command[] = [
  replayToggle,
  typeInstant,
  playOrPause,
  barBack,
  barForward,
  eventBefore,
  eventAfter,
  ...replaySpeeds.map((speed): Command => ({
    id: `replay.speed.${speed}`,
    title: `Speed: ${counted(speed, 'bar')} a second`,
    section: 'Replay',
    words: 'fast slow',
    isEnabled: isOn,
    isOn: ({ replay }) => replay.speed === speed,
    run: (store) => store.getState().replay.setSpeed(speed),
  })),
];
