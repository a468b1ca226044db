import { findingKinds, gapCauses, mostFindings, type SeriesQuality } from '#shared/domain/quality';
import { useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../../format/count.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';
import { Empty } from '../../ui/empty.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './quality-panel.module.css';
import { choicesOf, columnsOf, rowsOf, spanOfRow, type Listed, type QualityRow } from './quality-rows.ts';

export interface QualityListsProps {
  readonly quality: SeriesQuality;
  readonly listed: Listed;
  readonly onList: (listed: Listed) => void;
  /** Shows a stretch of time on the chart. */
  readonly onShow: (from: number, until: number) => void;
  /** More that can be done with the row that is chosen. */
  readonly actionsFor: (row: QualityRow) => ReactNode;
}

/** Gaps and findings, a list each: filtered, followed to the chart, and what can be done about them. */
export function QualityLists({ quality, listed, onList, onShow, actionsFor }: QualityListsProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const [chosen, setChosen] = useState(-1);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const rows = useMemo(() => rowsOf(quality, listed), [quality, listed]);
  const columns = columnsOf[listed.list];
  const choices = choicesOf(quality, listed.list);
  const row = rows[chosen];
  const filter = listed.list === 'gaps' ? listed.cause : listed.kind;
  const total = findingKinds.reduce((sum, kind) => sum + quality.findingRows[kind], 0);

  const list = (next: Listed) => {
    setChosen(-1);
    onList(next);
  };
  const choose = (value: string) => {
    if (listed.list === 'gaps')
      list({ list: 'gaps', cause: gapCauses.find((cause) => cause === value) ?? null });
    else list({ list: 'findings', kind: findingKinds.find((kind) => kind === value) ?? null });
  };
  const activate = (index: number) => {
    setChosen(index);
    const found = rows[index];
    if (found === undefined) return;
    const { from, until } = spanOfRow(found);
    onShow(from, until);
  };
  const textOf = (index: number, { id }: GridColumn) => {
    const found = rows[index];
    return found === undefined ? '' : (columns.find((column) => column.id === id)?.text(found, zone) ?? '');
  };

  return (
    <section className={styles.lists} aria-label="Gaps and findings">
      <div className={styles.listTools}>
        <TextButton isOn={listed.list === 'gaps'} onClick={() => list({ list: 'gaps', cause: null })}>
          Gaps
        </TextButton>
        <TextButton isOn={listed.list === 'findings'} onClick={() => list({ list: 'findings', kind: null })}>
          Findings ({formatCount(total)})
        </TextButton>
        <select
          className={styles.select}
          aria-label="Filter"
          value={filter ?? ''}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{listed.list === 'gaps' ? 'All but closed hours' : 'All kinds'}</option>
          {choices.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
        {row !== undefined && actionsFor(row)}
        <span className={styles.total} role="status">
          {formatCount(rows.length)} listed
          {rows.length >= mostFindings && listed.list === 'findings' && ', the first of each kind'}
        </span>
      </div>
      {rows.length === 0 ? (
        <Empty headline={listed.list === 'gaps' ? 'No gaps here' : 'Nothing found'}>
          {listed.list === 'gaps'
            ? 'Every bar that is expected is there.'
            : 'No row is wrong or doubtful by the rules.'}
        </Empty>
      ) : (
        <DataGrid
          label={listed.list === 'gaps' ? 'Gaps' : 'Findings'}
          columns={columns}
          rowCount={rows.length}
          keyOf={(index) => keyOf(rows[index], index)}
          textOf={textOf}
          sort={null}
          onSort={() => undefined}
          widths={widths}
          onWidths={setWidths}
          activeRow={chosen}
          onActivate={activate}
        />
      )}
    </section>
  );
}

function keyOf(row: QualityRow | undefined, index: number): string {
  if (row === undefined) return String(index);
  if (row.list === 'gaps') return `${row.gap.cause} ${row.gap.from}`;
  return `${row.finding.kind} ${row.finding.from} ${row.finding.objectId ?? ''} ${index}`;
}
