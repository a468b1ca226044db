import { useEffect } from 'react';
import { useWorkbenchStore } from '../state/use-workbench.ts';
import { isTextField } from '../ui/is-text-field.ts';

/** Keys that move through the past, wherever the focus is but in a field. */
export function ReplayKeys() {
  const store = useWorkbenchStore();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || isTextField(event.target)) return;
      const { replay, chart } = store.getState();
      const isOn = chart.asOf !== null;
      const run = (work: () => unknown) => {
        event.preventDefault();
        event.stopPropagation();
        work();
      };
      // By its place: with Alt some keyboards write another character.
      if (event.altKey) {
        if (event.code === 'KeyR' && !event.shiftKey) run(() => (isOn ? replay.leave() : replay.enter()));
        return;
      }
      if (!isOn) return;
      if (event.key === ' ' && !isPressable(event.target)) {
        run(() => (replay.isPlaying ? replay.pause() : replay.play()));
      } else if (event.key === '[') run(() => replay.step('previous'));
      else if (event.key === ']') run(() => replay.step('next'));
      else if (event.key === '{') run(() => replay.jump('previous'));
      else if (event.key === '}') run(() => replay.jump('next'));
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [store]);
  return null;
}

/** What the space bar presses by itself. */
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('button, summary, a[href], [role="option"]') !== null
  );
}
