import { counted } from '#shared/counted';
import type { LoosePartition } from '#shared/domain/compaction';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../format/count.ts';
import { formatExactSize, formatSize } from '../../format/size.ts';
import { formatDuration, formatInstant } from '../../format/time.ts';
import styles from './loose-table.module.css';
import { partitionKey, totalsOf, type LooseGroup, type LooseTotals } from './loose-groups.ts';

export interface LooseTableProps {
  readonly groups: readonly LooseGroup[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (keys: readonly string[], isChosen: boolean) => void;
  /** What jobs do about a period just now. */
  readonly states: ReadonlyMap<string, string>;
  readonly now: number;
  readonly zone: string;
}

const figureTitles = ['Loose parts', 'Files', 'Rows', 'Size', 'Saves about', 'Oldest row'];

/** Series with what is loose in them; each can be opened to its periods. */
export function LooseTable({ groups, chosen, onChoose, states, now, zone }: LooseTableProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  // A single series is shown with its periods at once.
  const isOpen = ({ name }: LooseGroup) => (groups.length === 1 ? !closed.has(name) : opened.has(name));
  const toggle = (group: LooseGroup) => {
    const [set, change] = groups.length === 1 ? [closed, setClosed] : [opened, setOpened];
    const next = new Set(set);
    if (!next.delete(group.name)) next.add(group.name);
    change(next);
  };
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.choice}>
            <span className="visually-hidden">Chosen</span>
          </th>
          <th scope="col">Files of</th>
          {figureTitles.map((title) => (
            <th key={title} scope="col" className={styles.number}>
              {title}
            </th>
          ))}
          <th scope="col">Symbols</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      {groups.map((group) => (
        <GroupRows
          key={group.name}
          {...{ group, chosen, onChoose, states, now, zone }}
          isOpen={isOpen(group)}
          onToggle={() => toggle(group)}
        />
      ))}
    </table>
  );
}

interface GroupRowsProps extends Omit<LooseTableProps, 'groups'> {
  readonly group: LooseGroup;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function GroupRows({ group, isOpen, onToggle, ...table }: GroupRowsProps) {
  const { chosen, onChoose, states, now, zone } = table;
  const keys = group.partitions.map(partitionKey);
  const count = keys.filter((key) => chosen.has(key)).length;
  const busy = keys.filter((key) => states.has(key)).length;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <tbody>
      <tr className={styles.group}>
        <td className={styles.choice}>
          <input
            type="checkbox"
            aria-label={`All of ${group.name}`}
            checked={count === keys.length}
            ref={(box) => {
              if (box !== null) box.indeterminate = count > 0 && count < keys.length;
            }}
            onChange={(event) => onChoose(keys, event.target.checked)}
          />
        </td>
        <th scope="row">
          <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
            <Chevron size={14} aria-hidden />
            {group.name} <span className={styles.muted}>{counted(keys.length, 'period')}</span>
          </button>
        </th>
        <Figures totals={group} now={now} zone={zone} />
        <td className={styles.muted}>{symbolsText(group.partitions)}</td>
        <td className={styles.state}>{busy === 0 ? '' : `${formatCount(busy)} in work`}</td>
      </tr>
      {isOpen &&
        group.partitions.map((partition) => (
          <PeriodRow key={partitionKey(partition)} name={group.name} partition={partition} {...table} />
        ))}
    </tbody>
  );
}

interface PeriodRowProps extends Omit<LooseTableProps, 'groups'> {
  /** Of its group. */
  readonly name: string;
  readonly partition: LoosePartition;
}

function PeriodRow({ name, partition, chosen, onChoose, states, now, zone }: PeriodRowProps) {
  const key = partitionKey(partition);
  return (
    <tr>
      <td className={styles.choice}>
        <input
          type="checkbox"
          aria-label={`${name} ${partition.partition}`}
          checked={chosen.has(key)}
          onChange={(event) => onChoose([key], event.target.checked)}
        />
      </td>
      <th scope="row" className={styles.period}>
        {partition.partition}
      </th>
      <Figures totals={totalsOf([partition])} now={now} zone={zone} />
      <td className={styles.muted} title={symbolRows(partition)}>
        {symbolsText([partition])}
      </td>
      <td className={styles.state}>{states.get(key) ?? ''}</td>
    </tr>
  );
}

interface FiguresProps {
  readonly totals: LooseTotals;
  readonly now: number;
  readonly zone: string;
}

function Figures({ totals, now, zone }: FiguresProps) {
  const { parts, files, rows, sizeBytes, savedBytes, firstMs } = totals;
  return (
    <>
      <td className={styles.number}>{formatCount(parts)}</td>
      <td className={styles.number}>{formatCount(files)}</td>
      <td className={styles.number}>{formatCount(rows)}</td>
      <td className={styles.number} title={formatExactSize(sizeBytes)}>
        {formatSize(sizeBytes)}
      </td>
      <td className={styles.number} title={savedBytes === null ? noMeasure : measure}>
        {savedBytes === null ? '–' : formatSize(savedBytes)}
      </td>
      <td className={styles.number} title={formatInstant(firstMs, zone)}>
        {formatDuration(Math.max(0, now - firstMs))}
      </td>
    </>
  );
}

const measure = 'By the bytes a row that merged files of the same kind have in this store';
const noMeasure = 'Nothing of this kind is merged yet, so nobody knows how large it becomes';

function symbolsText(partitions: readonly LoosePartition[]): string {
  const symbols = [...new Set(partitions.flatMap((each) => each.symbols.map(({ symbol }) => symbol)))];
  return symbols.length <= 3
    ? symbols.join(', ')
    : `${symbols.slice(0, 2).join(', ')} +${symbols.length - 2}`;
}

function symbolRows({ symbols }: LoosePartition): string {
  return symbols.map(({ symbol, rows }) => `${symbol}: ${counted(rows, 'row')}`).join('\n');
}
