import { IconGitCompare, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { mostCompared } from '../data/comparison.ts';
import { matchingSymbols } from '../panels/symbols/matching-symbols.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { cssLineColour } from '../ui/line-colour.ts';
import { SearchField } from '../ui/search-field.tsx';
import rows from './added-rows.module.css';
import styles from './compare-menu.module.css';
import { DropDown } from './drop-down.tsx';
import toolbar from './toolbar.module.css';

const mostOffered = 50;

/** Draws other symbols beside the one on the chart, all of them in percent. */
export function CompareMenu() {
  const count = useWorkbench((state) => state.settings.compared.length);
  return (
    <DropDown
      menu="compare"
      title="Compare with other symbols"
      label={
        <>
          <IconGitCompare size={15} aria-hidden /> <span className={toolbar.word}>Compare</span>
          {count > 0 && <span className={toolbar.count}>{count}</span>}
        </>
      }
    >
      {() => <Sheet />}
    </DropDown>
  );
}

function Sheet() {
  const compared = useWorkbench((state) => state.settings.compared);
  const compareWith = useWorkbench((state) => state.settings.compareWith);
  const [typed, setTyped] = useState('');
  const offered = useOffered(typed);
  const isFull = compared.length >= mostCompared;

  const add = (symbol: string) => {
    compareWith(symbol);
    setTyped('');
  };

  return (
    <div className={styles.sheet}>
      <form
        className={styles.search}
        onSubmit={(event) => {
          event.preventDefault();
          if (offered[0] !== undefined && !isFull) add(offered[0]);
        }}
      >
        <SearchField label="Symbol to compare with" value={typed} onChange={setTyped} />
      </form>
      {isFull && <p className={styles.said}>No more than {mostCompared} at once: remove one first.</p>}
      {!isFull && offered.length === 0 && (
        <p className={styles.said}>
          {typed === '' ? 'The store has no other symbol.' : 'No symbol like that.'}
        </p>
      )}
      <ul className={styles.offered} aria-label="Symbols">
        {!isFull &&
          offered.slice(0, mostOffered).map((symbol) => (
            <li key={symbol}>
              <button type="button" className={rows.add} onClick={() => add(symbol)}>
                <IconPlus size={13} aria-hidden /> {symbol}
              </button>
            </li>
          ))}
      </ul>
      <Compared />
    </div>
  );
}

function Compared() {
  const compared = useWorkbench((state) => state.settings.compared);
  const stopComparing = useWorkbench((state) => state.settings.stopComparing);
  if (compared.length === 0) return null;
  return (
    <section aria-label="Compared">
      <h2 className={toolbar.menuTitle}>Compared, in percent since the first bar on the screen</h2>
      <ul>
        {compared.map(({ symbol, colour }) => (
          <li key={symbol} className={rows.row}>
            <span className={rows.swatch} style={{ background: cssLineColour(colour) }} aria-hidden />
            <span className={toolbar.choiceName}>{symbol}</span>
            <IconButton label={`Stop comparing with ${symbol}`} onClick={() => stopComparing(symbol)}>
              <IconX size={15} />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The symbols that are neither shown nor compared yet and hold what was typed. */
function useOffered(typed: string): readonly string[] {
  const symbols = useWorkbench((state) => state.catalog.symbols);
  const main = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const compared = useWorkbench((state) => state.settings.compared);
  if (symbols.phase !== 'ready') return [];
  const taken = new Set([main, ...compared.map(({ symbol }) => symbol)]);
  return matchingSymbols(
    symbols.value.filter(({ symbol, timeframes }) => !taken.has(symbol) && timeframes.length > 0),
    typed,
  ).map(({ symbol }) => symbol);
}
