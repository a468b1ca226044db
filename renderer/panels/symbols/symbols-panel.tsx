import { counted } from '#shared/counted';
import type { SymbolSummary } from '#shared/domain/store-summary';
import type { EpochMs } from '#shared/units';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { importFiles } from '../../state/commands/import-commands.ts';
import { showSymbol } from '../../state/show-series.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { CommandButton } from '../command-button.tsx';
import { definePanel } from '../define-panel.ts';
import { matchingSymbols } from './matching-symbols.ts';
import styles from './symbols-panel.module.css';
import { useKnownSymbols } from './use-known-symbols.ts';

export const symbolsPanel = definePanel({
  id: 'symbols',
  title: 'Symbols',
  home: 'left',
  Component: SymbolsPanel,
});

function SymbolsPanel() {
  const symbols = useWorkbench((state) => state.catalog.symbols);
  const load = useWorkbench((state) => state.catalog.load);

  switch (symbols.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={8} label="Reading the list of symbols" />;
    case 'failed':
      return <Failure {...symbols.problem} onRetry={() => void load()} />;
    case 'ready':
      return symbols.value.length === 0 ? (
        <Empty headline="No symbols yet">
          Rows that are appended to the store, by a bot or by <code>tapedeck append candles</code>, show here
          at once. So do bars from files: <CommandButton command={importFiles}>Import…</CommandButton>
        </Empty>
      ) : (
        <SymbolSearch symbols={symbols.value} />
      );
  }
}

function SymbolSearch({ symbols }: { readonly symbols: readonly SymbolSummary[] }) {
  const store = useWorkbenchStore();
  const shown = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const zone = useWorkbench((state) => state.settings.zone);
  const request = useWorkbench((state) => state.workspace.request);
  const field = useRef<HTMLInputElement>(null);
  const typed = useWorkbench((state) => state.workspace.search);
  const setTyped = useWorkbench((state) => state.workspace.setSearch);
  const [active, setActive] = useState(0);
  const known = useKnownSymbols();
  const found = useMemo(() => matchingSymbols(symbols, typed), [symbols, typed]);
  const activeIndex = typed === '' ? found.findIndex(({ symbol }) => symbol === shown) : active;

  useEffect(() => {
    if (request?.kind !== 'search') return;
    field.current?.focus();
    store.getState().workspace.noteDone(request);
  }, [request, store]);

  const choose = (index: number) => {
    const summary = found[index];
    setActive(index);
    if (summary !== undefined && summary.symbol !== shown) showSymbol(store, summary.symbol);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      choose(active);
      setTyped('');
    } else if (event.key === 'Escape') {
      setTyped('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (typed === '') choose(Math.min(found.length - 1, Math.max(0, activeIndex + step)));
      else setActive(Math.min(found.length - 1, Math.max(0, active + step)));
    }
  };

  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <SearchField
          ref={field}
          label="Find symbol"
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <CommandButton command={importFiles} aria-label="Import…">
          <IconFileImport size={15} aria-hidden />
        </CommandButton>
      </div>
      {found.length === 0 ? (
        <Empty headline={`No symbol holds “${typed}”`} />
      ) : (
        <VirtualRows
          id="symbol-list"
          label="Symbols"
          count={found.length}
          rowHeight={24}
          active={activeIndex}
          keyOf={(index) => found[index]?.symbol ?? ''}
          onActivate={choose}
          row={(index) => {
            const summary = found[index];
            if (summary === undefined) return null;
            const last = known === null ? newestOf(summary) : known && (known.get(summary.symbol) ?? null);
            return <SymbolRow summary={summary} last={last} isPast={known !== null} zone={zone} />;
          }}
        />
      )}
    </div>
  );
}

/** Null where there are objects only. */
function newestOf({ timeframes }: SymbolSummary): EpochMs | null {
  return timeframes.reduce<EpochMs | null>(
    (newest, { last }) => (newest === null || last > newest ? last : newest),
    null,
  );
}

interface SymbolRowProps {
  readonly summary: SymbolSummary;
  /** Open of the newest bar; null for none, and `undefined` while that is not known yet. */
  readonly last: EpochMs | null | undefined;
  readonly isPast: boolean;
  readonly zone: string;
}

function SymbolRow({ summary, last, isPast, zone }: SymbolRowProps) {
  const { symbol, timeframes, objectEvents } = summary;
  const bars = timeframes.reduce((sum, coverage) => sum + coverage.bars, 0);
  const [shortest, longest] = [timeframes[0]?.timeframe, timeframes[timeframes.length - 1]?.timeframe];
  const lengths = shortest === longest ? (shortest ?? 'no bars') : `${shortest ?? ''}–${longest ?? ''}`;
  const stored = timeframes.map(({ timeframe }) => timeframe).join(', ');
  const newest = last == null ? '' : `newest bar ${formatInstant(last, zone)}`;
  const now = [`${counted(bars, 'bar')} of ${stored}`, `${formatCount(objectEvents)} object events`, newest];
  const then = last === null ? 'No bar of it had closed by then' : newest && `Known then: ${newest}`;
  return (
    <div className={styles.row} title={isPast ? then : now.filter((text) => text !== '').join('; ')}>
      <span className={styles.symbol}>{symbol}</span>
      <span className={styles.lengths}>{lengths}</span>
      <span className={styles.last}>{dayText(last, isPast, zone)}</span>
    </div>
  );
}

function dayText(last: EpochMs | null | undefined, isPast: boolean, zone: string): string {
  if (last == null) return last === null && isPast ? 'not yet' : '';
  return formatInstant(last, zone).slice(0, 10);
}
