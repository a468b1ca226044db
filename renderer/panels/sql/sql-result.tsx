import type { SqlColumn } from '#shared/domain/sql';
import { unpackPage } from '#shared/domain/sql-page';
import { IconChartBar, IconMapPin } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { instantOf, placeColumns, placeOfRow } from '../../data/sql/row-place.ts';
import { formatInstant } from '../../format/time.ts';
import { showPlace } from '../../state/follow-link.ts';
import type { ShownResult, SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { MenuItem } from '../../ui/menu-items.tsx';
import { ColumnStatistics } from './column-statistics.tsx';
import { ResultFoot } from './result-foot.tsx';
import styles from './sql-panel.module.css';

export interface SqlResultProps {
  readonly tab: SqlTab;
  readonly shown: ShownResult;
}

/** The rows of a result, and what can be done with them. */
export function SqlResult({ tab, shown }: SqlResultProps) {
  const { answer } = shown;
  return answer.statement === 'explain' ? <Plan shown={shown} /> : <Rows tab={tab} shown={shown} />;
}

/** Plans are drawn with characters, and are wider than any column. */
function Plan({ shown: { pages, answer } }: { readonly shown: ShownResult }) {
  const text = Array.from({ length: answer.rows }, (_, row) => pages.row(row)?.at(-1) ?? '').join('\n');
  return (
    <pre className={styles.plan} tabIndex={0} aria-label="Plan of the query">
      {text}
    </pre>
  );
}

function Rows({ tab, shown }: SqlResultProps) {
  const store = useWorkbenchStore();
  const sortBy = useWorkbench((state) => state.sql.sortBy);
  const layOut = useWorkbench((state) => state.sql.layOut);
  const sumUp = useWorkbench((state) => state.sql.sumUp);
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const zone = useWorkbench((state) => state.settings.zone);
  const [focused, setFocused] = useState(0);
  const { answer, pages, sort, widths, isFirstFrozen, statistics } = shown;
  const columns = useMemo(() => gridColumns(answer), [answer]);
  const places = useMemo(() => placeColumns(answer.columns), [answer]);
  const { result } = answer;
  // With another function the grid would lay a million rows out anew for every page that comes.
  const keyOf = useCallback((row: number) => `${result}-${row}`, [result]);
  const column = Math.min(focused, answer.columns.length - 1);
  const cell = (row: number, { id }: GridColumn) => pages.row(row)?.[Number(id)];
  const placeOf = (row: number) => {
    const cells = pages.row(row);
    return cells === null ? null : placeOfRow(places, cells, symbol);
  };
  const show = (row: number) => {
    const place = placeOf(row);
    if (place !== null) void showPlace(store, place);
  };

  return (
    <>
      <div className={styles.result}>
        {answer.rows === 0 ? (
          <Empty headline="No rows">The query ran, and nothing is what it asks for.</Empty>
        ) : (
          <DataGrid
            label="Rows of the result"
            columns={columns}
            rowCount={answer.rows}
            keyOf={keyOf}
            textOf={(row, at) => cell(row, at) ?? ''}
            cellOf={(row, at) => (
              <Cell text={cell(row, at)} column={answer.columns[Number(at.id)]} zone={zone} />
            )}
            sort={sort === null ? null : { column: String(sort.column), direction: sort.direction }}
            onSort={(next) => {
              sortBy(tab.id, next === null ? null : { ...next, column: Number(next.column) });
              if (next !== null) setFocused(Number(next.column));
            }}
            widths={widths}
            onWidths={(next) => layOut(tab.id, { widths: next })}
            isFirstFrozen={isFirstFrozen}
            activeRow={-1}
            onActivate={() => undefined}
            onOpen={show}
            onFocusCell={({ column: at }) => setFocused(at)}
            readRows={async (first, last) =>
              (await pages.rows(first, last)).map((row) => row.map((text) => text ?? ''))
            }
            menuItems={({ top, left }, close) => (
              <RowMenu
                columnName={answer.columns[left]?.name ?? ''}
                onShow={placeOf(top) === null ? null : () => show(top)}
                onSumUp={() => void sumUp(tab.id, left)}
                onDone={close}
              />
            )}
          />
        )}
        {statistics !== null && answer.columns[statistics.column] !== undefined && (
          <ColumnStatistics
            column={answer.columns[statistics.column] ?? noColumn}
            found={statistics.found}
            onClose={() => void sumUp(tab.id, null)}
          />
        )}
      </div>
      <ResultFoot tab={tab} shown={shown} column={column} />
    </>
  );
}

interface RowMenuProps {
  readonly columnName: string;
  /** Null where the row says no place on a chart. */
  readonly onShow: (() => void) | null;
  readonly onSumUp: () => void;
  readonly onDone: () => void;
}

function RowMenu({ columnName, onShow, onSumUp, onDone }: RowMenuProps) {
  return (
    <>
      <MenuItem
        icon={<IconMapPin size={15} />}
        isDisabled={onShow === null}
        onChoose={() => {
          onDone();
          onShow?.();
        }}
      >
        Show on the chart
      </MenuItem>
      <MenuItem
        icon={<IconChartBar size={15} />}
        onChoose={() => {
          onDone();
          onSumUp();
        }}
      >
        Statistics of {columnName}
      </MenuItem>
    </>
  );
}

interface CellProps {
  /** Undefined while its row is on its way. */
  readonly text: string | null | undefined;
  readonly column: SqlColumn | undefined;
  readonly zone: string;
}

function Cell({ text, column, zone }: CellProps) {
  if (text === undefined) return <span className={styles.missing}>…</span>;
  if (text === null) return <span className={styles.missing}>NULL</span>;
  const at = column?.type === 'BIGINT' && isInstant(column.name) ? instantOf(text) : null;
  return at === null ? text : <span title={formatInstant(at, zone)}>{text}</span>;
}

const noColumn: SqlColumn = { name: '', type: '', kind: 'text' };
const sampledRows = 60;
const letterPx = 7.8;

function isInstant(name: string): boolean {
  return /(^|_)ts$|^t_(start|end)$/.test(name.toLowerCase());
}

/** As wide as the first rows need. */
function gridColumns({ columns, page }: ShownResult['answer']): readonly GridColumn[] {
  const sample = unpackPage(page).slice(0, sampledRows);
  return columns.map(({ name, type, kind }, index) => {
    const longest = Math.max(name.length + 2, ...sample.map((row) => row[index]?.length ?? 4));
    return {
      id: String(index),
      title: name,
      hint: `${name}: ${type}`,
      width: Math.round(Math.min(320, Math.max(56, longest * letterPx + 18))),
      align: kind === 'number' ? 'right' : 'left',
    };
  });
}
