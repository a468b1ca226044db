import { useEffect } from 'react';
import type { Shortcut } from '../data/shortcut.ts';
import type { Command } from '../state/commands/command.ts';
import { fixedCommands } from '../state/commands/index.ts';
import { useWorkbenchStore } from '../state/use-workbench.ts';
import { isMac } from '../ui/is-mac.ts';
import { isTextField } from '../ui/is-text-field.ts';
import { isEnabled } from './all-commands.ts';

/** Runs commands by their keys, wherever the focus is. */
export function CommandKeys() {
  const store = useWorkbenchStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const state = store.getState();
      const command = fixedCommands.find(
        (each) =>
          each.shortcuts?.some((shortcut) => isMeant(event, each, shortcut)) === true &&
          isEnabled(each, state),
      );
      if (command === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      void command.run(store, event.key);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [store]);
  return null;
}

/** Whether a key means a command where it was pressed: what is typed into fields, or presses a button, does not. */
function isMeant(event: KeyboardEvent, { keysHold = 'window' }: Command, shortcut: Shortcut): boolean {
  if (keysHold === 'menu' || !shortcut.matches(event, isMac)) return false;
  // What is typed into an editor with a tree of its own seems to be typed into the element that holds it.
  const [origin = event.target] = event.composedPath();
  const target = origin instanceof Element ? origin : document.body;
  if (keysHold === 'chart') return target.closest('[aria-roledescription="chart"]') !== null;
  if (shortcut.keys.startsWith('Mod+')) return true;
  if (isTextField(target) || target.closest('[role="dialog"][aria-modal]') !== null) return false;
  return shortcut.keys !== 'Space' || target.closest(pressable) === null;
}

/** What the space bar presses by itself. */
const pressable = 'button, summary, a[href], input, [role="option"], [role="menuitem"]';
