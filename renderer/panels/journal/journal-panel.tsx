import {
  journalDatasets,
  mostJournalRows,
  type JournalDataset,
  type JournalPage,
} from '#shared/domain/journal';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { showPlace } from '../../state/follow-link.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { usePanelView } from '../../state/use-panel-view.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridSort } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { PanelViews } from '../panel-views.tsx';
import table from '../table.module.css';
import {
  journalColumns,
  journalDecimals,
  journalKey,
  journalRowsFor,
  journalText,
} from './journal-columns.ts';
import styles from './journal-panel.module.css';
import { JournalRowDetails } from './journal-row-details.tsx';

export const journalPanel = definePanel({
  id: 'journal',
  title: 'Journal',
  home: 'bottom',
  Component: JournalPanel,
});

const titles: Readonly<Record<JournalDataset, string>> = {
  decisions: 'Decisions',
  audits: 'Audits',
  stats: 'Stats',
  policies: 'Policies',
  trades: 'Trades',
  quotes: 'Quotes',
};

/** Rows that are read at first; the button for older ones reads as many as there may be. */
const firstRows = 500;

function JournalPanel() {
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const [view, setView] = usePanelView('journal', journalDatasets);
  return (
    <PanelViews label="Part of the journal" titles={titles} shown={view} onShow={setView}>
      {symbol === null ? (
        <Empty headline="No symbol is shown">
          What a program wrote down about the symbol of the chart is listed here, its trades and quotes, too.
        </Empty>
      ) : (
        <Journal key={`${view} ${symbol}`} dataset={view} symbol={symbol} />
      )}
    </PanelViews>
  );
}

interface JournalProps {
  readonly dataset: JournalDataset;
  readonly symbol: string;
}

function Journal({ dataset, symbol }: JournalProps) {
  const read = useWorkbench((state) => state.journal.read);
  const asOf = useWorkbench((state) => state.chart.asOf);
  const [limit, setLimit] = useState(firstRows);
  const ask = useCallback(
    // What was written at the instant itself was known by then.
    () => read({ dataset, symbol, limit, ...(asOf === null ? {} : { until: asOf + 1 }) }),
    [read, dataset, symbol, limit, asOf],
  );
  const { found, load } = useFresh(ask);
  if (found.phase === 'failed') return <Failure {...found.problem} onRetry={() => void load()} />;
  if (found.phase !== 'ready') return <Skeleton rows={5} label={`Reading ${dataset} of ${symbol}`} />;
  const { rows, unreadable } = found.value;
  if (rows.length === 0 && unreadable.length === 0) {
    return (
      <Empty headline={`No ${dataset} of ${symbol}${asOf === null ? ' yet' : ' were known then'}`}>
        {`A program writes them with "tapedeck append ${dataset}", or to /v1/${dataset} of a store that is served.`}
      </Empty>
    );
  }
  return (
    <JournalRows
      dataset={dataset}
      page={found.value}
      onOlder={limit < mostJournalRows ? () => setLimit(mostJournalRows) : null}
    />
  );
}

interface JournalRowsProps {
  readonly dataset: JournalDataset;
  readonly page: JournalPage;
  /** Null where no more can be read. */
  readonly onOlder: (() => void) | null;
}

function JournalRows({ dataset, page: { rows, hasMore, unreadable }, onOlder }: JournalRowsProps) {
  const store = useWorkbenchStore();
  const zone = useWorkbench((state) => state.settings.zone);
  const [typed, setTyped] = useDraft(`journal-${dataset}`);
  const wanted = useDeferredValue(typed);
  const [sort, setSort] = useState<GridSort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = useMemo(() => journalRowsFor(rows, wanted, sort), [rows, wanted, sort]);
  const wording = useMemo(() => ({ zone, decimals: journalDecimals(rows) }), [zone, rows]);
  const active = shown.findIndex((row) => journalKey(row) === chosen);
  const row = shown[active];

  /** The crosshair goes along where the bar is loaded; elsewhere the chart goes there. */
  const look = (ts: number) => {
    const { chart, window: shownIn } = store.getState();
    const loaded = chart.window?.bars.ts ?? [];
    const isLoaded = ts >= (loaded[0] ?? Infinity) && ts <= (loaded.at(-1) ?? -Infinity);
    if (isLoaded && shownIn.chartDriver !== null) shownIn.chartDriver.showBar(ts);
    else chart.goTo(epochMs(ts));
  };
  const choose = (index: number) => {
    const next = shown[index];
    if (next === undefined) return;
    setChosen(journalKey(next));
    if (typeof next['ts'] === 'number') look(next['ts']);
  };
  const show = (index: number) => {
    const place = shown[index];
    if (place === undefined || typeof place['ts'] !== 'number') return;
    const objectId = place['object_id'];
    void showPlace(store, {
      symbol: String(place['symbol']),
      timeframe: parseTimeframe(String(place['timeframe'])),
      at: epochMs(place['ts']),
      objectId: typeof objectId === 'string' ? objectId : null,
    });
  };
  return (
    <div className={table.panel}>
      <div className={table.tools}>
        <SearchField label={`Find in ${dataset}`} value={typed} onChange={setTyped} />
        {hasMore && onOlder !== null && <TextButton onClick={onOlder}>Older ones, too</TextButton>}
        <span className={table.total} role="status">
          {`${formatCount(shown.length)} of ${hasMore ? 'the newest ' : ''}${formatCount(rows.length)}`}
        </span>
      </div>
      {unreadable.map(({ path, reason }) => (
        <p key={path} className={styles.note}>
          {path} could not be read, rows may be missing: {reason}
        </p>
      ))}
      {shown.length === 0 ? (
        <Empty headline="None of them matches">What is typed is looked for in every field.</Empty>
      ) : (
        <div className={styles.sides}>
          <DataGrid
            label={titles[dataset]}
            columns={journalColumns[dataset]}
            rowCount={shown.length}
            keyOf={(index) => journalKey(shown[index] ?? {})}
            textOf={(index, { id }) => journalText(shown[index] ?? {}, id, wording)}
            sort={sort}
            onSort={setSort}
            widths={widths}
            onWidths={setWidths}
            activeRow={active}
            onActivate={choose}
            onOpen={show}
          />
          {row !== undefined && (
            <JournalRowDetails row={row} onShow={() => show(active)} onClose={() => setChosen(null)} />
          )}
        </div>
      )}
    </div>
  );
}
