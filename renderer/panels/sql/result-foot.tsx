import { resultFormats, type ResultFormat, type SqlColumn } from '#shared/domain/sql';
import { IconChartBar, IconChartLine, IconFileExport, IconPin } from '@tabler/icons-react';
import { problemOf } from '../../data/problem.ts';
import { lineColumns } from '../../data/sql/query-line.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import type { ShownResult, SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Chip } from '../../ui/chip.tsx';
import { errorWording } from '../../ui/error-wording.ts';
import { MenuItem, MenuItems } from '../../ui/menu-items.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { SheetButton } from './sheet-button.tsx';
import styles from './sql-panel.module.css';

export interface ResultFootProps {
  readonly tab: SqlTab;
  readonly shown: ShownResult;
  /** Of the selected cell. */
  readonly column: number;
}

/** How much came, what did not, and what can be done with all of it. */
export function ResultFoot({ tab, shown, column }: ResultFootProps) {
  const layOut = useWorkbench((state) => state.sql.layOut);
  const sumUp = useWorkbench((state) => state.sql.sumUp);
  const { answer, isFirstFrozen, statistics } = shown;
  return (
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
        <Chip tone="danger" title={answer.leftOut.map(({ path, reason }) => `${path}: ${reason}`).join('\n')}>
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
  );
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
