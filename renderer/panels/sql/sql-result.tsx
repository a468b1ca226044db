import { resultFormats, type ResultFormat, type SqlColumn } from '#shared/domain/sql';
import { unpackPage } from '#shared/domain/sql-page';
import { IconChartBar, IconChartLine, IconFileExport, IconMapPin, IconPin } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { lineColumns } from '../../data/sql/query-line.ts';
import { instantOf, placeColumns, placeOfRow } from '../../data/sql/row-place.ts';
import { problemOf } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatInstant } from '../../format/time.ts';
import { showPlace } from '../../state/follow-link.ts';
import type { ShownResult, SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Chip } from '../../ui/chip.tsx';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { errorWording } from '../../ui/error-wording.ts';
import { MenuItem, MenuItems } from '../../ui/menu-items.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { ColumnStatistics } from './column-statistics.tsx';
import { SheetButton } from './sheet-button.tsx';
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
            menuItems={(range, close) => (
              <>
                <MenuItem
                  icon={<IconMapPin size={15} />}
                  isDisabled={placeOf(range.top) === null}
                  onChoose={() => {
                    close();
                    show(range.top);
                  }}
                >
                  Show on the chart
                </MenuItem>
                <MenuItem
                  icon={<IconChartBar size={15} />}
                  onChoose={() => {
                    close();
                    void sumUp(tab.id, range.left);
                  }}
                >
                  Statistics of {answer.columns[range.left]?.name}
                </MenuItem>
              </>
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
      <div className={styles.foot}>
        <span className={styles.total} role="status">
          {formatCount(answer.rows)} {answer.rows === 1 ? 'row' : 'rows'} · {formatCount(answer.elapsedMs)} ms
        </span>
        {!answer.isComplete && (
          <Chip
            tone="warn"
            title="Choose more under “Rows”, or ask for fewer: the rows behind these were not read."
          >
            there are more than these {formatCount(answer.maxRows)}
          </Chip>
        )}
        {answer.leftOut.length > 0 && (
          <Chip
            tone="danger"
            title={answer.leftOut.map(({ path, reason }) => `${path}: ${reason}`).join('\n')}
          >
            {answer.leftOut.length} {answer.leftOut.length === 1 ? 'file' : 'files'} left out
          </Chip>
        )}
        <span className={styles.space} />
        <TextButton
          isOn={isFirstFrozen}
          title="Keeps the first column in sight"
          onClick={() => layOut(tab.id, { isFirstFrozen: !isFirstFrozen })}
        >
          <IconPin size={14} aria-hidden /> Freeze
        </TextButton>
        <TextButton
          isOn={statistics !== null}
          title="Sums up the column of the selected cell"
          disabled={answer.rows === 0}
          onClick={() => void sumUp(tab.id, statistics === null ? column : null)}
        >
          <IconChartBar size={14} aria-hidden /> Statistics
        </TextButton>
        <ExportButton tab={tab} isEmpty={answer.rows === 0} />
        <DrawButton tab={tab} columns={answer.columns} isEmpty={answer.rows === 0} />
      </div>
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

const formatNames: Readonly<Record<ResultFormat, string>> = {
  csv: 'CSV, as shown',
  parquet: 'Parquet, with types',
  jsonl: 'JSON, a line for each row',
};

/** Writes all rows that were kept to a file. */
function ExportButton({ tab, isEmpty }: { readonly tab: SqlTab; readonly isEmpty: boolean }) {
  const exportRows = useWorkbench((state) => state.sql.exportRows);
  const choose = useWorkbench((state) => state.window.main.chooseResultFile);
  const say = useWorkbench((state) => state.window.say);
  const write = async (format: ResultFormat) => {
    try {
      const chosen = await choose({ name: tab.name.slice(0, 120), format });
      if (chosen === null) return;
      const { file, rows, sizeBytes } = await exportRows(tab.id, format, chosen.file);
      say({ tone: 'good', text: `Wrote ${formatCount(rows)} rows (${formatSize(sizeBytes)}) to ${file}` });
    } catch (error) {
      const { code, message } = problemOf(error);
      say({ tone: 'bad', text: `${errorWording[code]} ${message}` });
    }
  };
  return (
    <SheetButton
      title="Writes all rows that were kept to a file"
      isDisabled={isEmpty}
      label={
        <>
          <IconFileExport size={14} aria-hidden /> Export
        </>
      }
    >
      {(close) => (
        <MenuItems label="Format of the file">
          {resultFormats.map((format) => (
            <MenuItem
              key={format}
              icon={<IconFileExport size={15} />}
              onChoose={() => {
                close();
                void write(format);
              }}
            >
              {formatNames[format]}
            </MenuItem>
          ))}
        </MenuItems>
      )}
    </SheetButton>
  );
}

interface DrawButtonProps {
  readonly tab: SqlTab;
  readonly columns: readonly SqlColumn[];
  readonly isEmpty: boolean;
}

/** Draws one of the columns over the candles of the chart's symbol. */
function DrawButton({ tab, columns, isEmpty }: DrawButtonProps) {
  const draw = useWorkbench((state) => state.sql.draw);
  const clear = useWorkbench((state) => state.sql.clearLine);
  const line = useWorkbench((state) => state.sql.line);
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const say = useWorkbench((state) => state.window.say);
  const drawn = lineColumns(columns);
  if (line !== null) {
    return (
      <TextButton isOn title={`Takes ${line.name} off the chart`} onClick={clear}>
        <IconChartLine size={14} aria-hidden /> Remove line
      </TextButton>
    );
  }
  const choose = async (column: number) => {
    if (symbol === null) return;
    const reason = await draw(tab.id, column, symbol);
    if (reason !== null) say({ tone: 'bad', text: reason });
  };
  return (
    <SheetButton
      title={
        drawn.length === 0
          ? 'A line needs a column of times and one of numbers'
          : `Draws a column over the bars of ${symbol ?? 'the chart'}`
      }
      isDisabled={drawn.length === 0 || symbol === null || isEmpty}
      label={
        <>
          <IconChartLine size={14} aria-hidden /> Draw
        </>
      }
    >
      {(close) => (
        <MenuItems label="Column to draw">
          {drawn.map((column) => (
            <MenuItem
              key={column}
              icon={<IconChartLine size={15} />}
              onChoose={() => {
                close();
                void choose(column);
              }}
            >
              {columns[column]?.name}
            </MenuItem>
          ))}
        </MenuItems>
      )}
    </SheetButton>
  );
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
