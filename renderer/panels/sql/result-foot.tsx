import { counted } from '#shared/counted';
import { resultFormats, type ResultFormat, type SqlColumn } from '#shared/domain/sql';
import { IconChartBar, IconChartLine, IconFileExport, IconPin, type Icon } from '@tabler/icons-react';
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
        {counted(answer.rows, 'row')} · {formatCount(answer.elapsedMs)} ms
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
          {counted(answer.leftOut.length, 'file')} left out
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
      say({ tone: 'good', text: `Wrote ${counted(rows, 'row')} (${formatSize(sizeBytes)}) to ${file}` });
    } catch (error) {
      const { code, message } = problemOf(error);
      say({ tone: 'bad', text: `${errorWording[code]} ${message}` });
    }
  };
  return (
    <ChoiceButton
      title="Writes all rows that were kept to a file"
      isDisabled={isEmpty}
      Icon={IconFileExport}
      label="Export"
      menuLabel="Format of the file"
      choices={resultFormats}
      nameOf={(format) => formatNames[format]}
      onChoose={(format) => void write(format)}
    />
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
    <ChoiceButton
      title={
        drawn.length === 0
          ? 'A line needs a column of times and one of numbers'
          : `Draws a column over the bars of ${symbol ?? 'the chart'}`
      }
      isDisabled={drawn.length === 0 || symbol === null || isEmpty}
      Icon={IconChartLine}
      label="Draw"
      menuLabel="Column to draw"
      choices={drawn}
      nameOf={(column) => columns[column]?.name ?? ''}
      onChoose={(column) => void choose(column)}
    />
  );
}

interface ChoiceButtonProps<T extends string | number> {
  readonly title: string;
  readonly isDisabled: boolean;
  readonly Icon: Icon;
  readonly label: string;
  readonly menuLabel: string;
  readonly choices: readonly T[];
  readonly nameOf: (choice: T) => string;
  readonly onChoose: (choice: T) => void;
}

/** A button with a menu of what it can be done with. */
function ChoiceButton<T extends string | number>({
  Icon,
  label,
  menuLabel,
  choices,
  nameOf,
  onChoose,
  ...button
}: ChoiceButtonProps<T>) {
  return (
    <SheetButton
      {...button}
      label={
        <>
          <Icon size={14} aria-hidden /> {label}
        </>
      }
    >
      {(close) => (
        <MenuItems label={menuLabel}>
          {choices.map((choice) => (
            <MenuItem
              key={choice}
              icon={<Icon size={15} />}
              onChoose={() => {
                close();
                onChoose(choice);
              }}
            >
              {nameOf(choice)}
            </MenuItem>
          ))}
        </MenuItems>
      )}
    </SheetButton>
  );
}
