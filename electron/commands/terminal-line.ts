/** One line of a terminal that is written over; nothing where standard error is none. */
export function rewriteLine(text: string): void {
  if (!process.stderr.isTTY) return;
  // It must not be longer than the terminal is wide; some say that they have no columns.
  const columns = process.stderr.columns || 80;
  process.stderr.write(`\r\u001b[K${text.slice(0, columns - 1)}`);
}

export interface WaitingLine {
  /** Shows another text, and at once; null takes the line away, for something else to be printed. */
  readonly say: (doing: string | null) => void;
  readonly end: () => void;
}

/** What takes no longer than this is not worth a line. */
const patienceMs = 500;

/** Says on a terminal what goes on and for how long already, once it takes a while. Nothing is shown after `end`. */
export function waitingLine(doing: string | null): WaitingLine {
  let text = doing;
  let isShown = false;
  const startedMs = performance.now();
  const show = () => {
    if (text === null) return;
    isShown = true;
    const seconds = Math.floor((performance.now() - startedMs) / 1000);
    rewriteLine(seconds === 0 ? text : `${text}, ${seconds} s`);
  };
  const timer = setInterval(show, patienceMs);
  timer.unref();
  const clear = () => {
    if (isShown) rewriteLine('');
    isShown = false;
  };
  return {
    say(next) {
      text = next;
      if (next === null) clear();
      else show();
    },
    end() {
      clearInterval(timer);
      clear();
    },
  };
}
