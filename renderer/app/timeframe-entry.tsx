import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { useEffect, useMemo, useRef, useState } from 'react';
import { timeframesOf } from '../data/timeframes.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { showTimeframe } from '../state/show-series.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import styles from './timeframe-entry.module.css';

/** Where a timeframe is typed: its first digit opened it. */
export function TimeframeEntry() {
  const isOpen = useWorkbench((state) => state.overlay.open === 'timeframe');
  const first = useWorkbench((state) => state.overlay.typed);
  const hide = useWorkbench((state) => state.overlay.hide);
  return isOpen ? <Entry first={first} onDone={() => hide('timeframe')} /> : null;
}

interface EntryProps {
  readonly first: string;
  readonly onDone: () => void;
}

function Entry({ first, onDone }: EntryProps) {
  const store = useWorkbenchStore();
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(null);
  const [typed, setTyped] = useState(first);
  const catalog = useWorkbench((state) => state.catalog);
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const offered = useMemo(() => timeframesOf(symbolIn(catalog, symbol)), [catalog, symbol]);
  const timeframe = typedTimeframe(typed);
  const isOffered = timeframe !== null && offered.includes(timeframe);

  useEffect(() => {
    before.current = document.activeElement;
    field.current?.focus();
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    };
  }, []);

  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOffered) return;
        showTimeframe(store, timeframe);
        onDone();
      }}
    >
      <label className={styles.label} htmlFor="timeframe-entry">
        Change the timeframe
      </label>
      <input
        ref={field}
        id="timeframe-entry"
        className={styles.field}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      <p className={isOffered ? styles.hint : styles.fault} aria-live="polite">
        {isOffered ? `Enter shows bars of ${timeframe}` : `Offered here: ${offered.join(', ')}`}
      </p>
    </form>
  );
}

/** `15` is minutes, `1h` and `1d` are what they say; null for anything else. */
export function typedTimeframe(typed: string): Timeframe | null {
  const text = typed.trim();
  return parseTimeframe(/^\d+$/.test(text) ? `${text}m` : text) ?? null;
}
