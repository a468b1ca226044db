import { expect, it, onTestFinished, vi } from 'vitest';
import { waitingLine } from '../../../../electron/commands/terminal-line.ts';

/** What is shown on a terminal of forty columns, line by line. */
function shownOn({ isTTY }: { readonly isTTY: boolean }): readonly string[] {
  const shown: string[] = [];
  const { stderr } = process;
  const before = { isTTY: stderr.isTTY, columns: stderr.columns };
  Object.assign(stderr, { isTTY, columns: 40 });
  vi.useFakeTimers();
  vi.spyOn(stderr, 'write').mockImplementation(
    (text) => shown.push(String(text).replace('\r\u001b[K', '')) > 0,
  );
  onTestFinished(() => {
    vi.useRealTimers();
    Object.assign(stderr, before);
  });
  return shown;
}

it('says nothing of what is done at once', () => {
  const shown = shownOn({ isTTY: true });
  const line = waitingLine('Reading the store');
  vi.advanceTimersByTime(400);
  line.end();
  vi.advanceTimersByTime(10_000);
  expect(shown).toEqual([]);
});

it('says what takes a while and for how long, and takes it away in the end', () => {
  const shown = shownOn({ isTTY: true });
  const line = waitingLine('Reading the store');
  vi.advanceTimersByTime(1_500);
  line.end();
  vi.advanceTimersByTime(10_000);
  expect(shown).toEqual(['Reading the store', 'Reading the store, 1 s', 'Reading the store, 1 s', '']);
});

it('shows the next text at once, and none while something else is printed', () => {
  const shown = shownOn({ isTTY: true });
  const line = waitingLine('Reading the store');
  line.say('SPY 5m, 1 of 2 series');
  line.say(null);
  vi.advanceTimersByTime(10_000);
  expect(shown).toEqual(['SPY 5m, 1 of 2 series', '']);
});

it('keeps to the width of the terminal, and writes nothing where there is none', () => {
  const shown = shownOn({ isTTY: true });
  waitingLine(null).say('x'.repeat(100));
  expect(shown).toEqual(['x'.repeat(39)]);
  const none = shownOn({ isTTY: false });
  waitingLine(null).say('unseen');
  expect(none).toEqual([]);
});
