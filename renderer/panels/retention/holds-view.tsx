import { isActive, type Hold, type HoldRequest } from '#shared/domain/hold';
import { retainedDatasets } from '#shared/domain/retention';
import { parseInstant } from '#shared/domain/zone-time';
import { useCallback, useState, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { formatInstant, formatSecond } from '../../format/time.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import plain from '../../ui/plain-table.module.css';
import styles from './retention.module.css';
import { useFresh } from '../../state/use-fresh.ts';

/** What must not be removed, by whom and why; new holds, and the end of those that are no longer wanted. */
export function HoldsView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const isReader = useIsReader();
  const [withReleased, setWithReleased] = useState(false);
  const ask = useCallback(() => calls.holds.list({ withReleased }), [calls, withReleased]);
  const { found, load } = useFresh(ask);
  const [owner, setOwner] = useDraft('hold-owner');
  const [problem, setProblem] = useState<string | null>(null);

  const act = async (change: Promise<Hold>): Promise<boolean> => {
    try {
      await change;
      setProblem(null);
      await load();
      return true;
    } catch (error) {
      setProblem(problemOf(error).message);
      return false;
    }
  };

  if (found.phase === 'failed') return <Failure {...found.problem} onRetry={() => void load()} />;
  if (found.phase !== 'ready') return <Skeleton rows={5} label="Reading the holds" />;
  return (
    <div className={`${styles.sides ?? ''} ${styles.holdSides ?? ''}`}>
      <div className={styles.list}>
        {found.value.length === 0 ? (
          <Empty headline="Nothing is held">
            A hold keeps files from being removed, whatever a policy or a button says.
          </Empty>
        ) : (
          <HoldTable
            holds={found.value}
            isReader={isReader}
            owner={owner}
            onRelease={(id) => void act(calls.holds.release({ id, by: owner }))}
          />
        )}
      </div>
      <div className={styles.side}>
        <HoldForm
          {...{ owner, problem, isReader }}
          onOwner={setOwner}
          onProblem={setProblem}
          onAdd={(request) => act(calls.holds.add(request))}
        />
        <CheckBox className={styles.check} isChecked={withReleased} onChange={setWithReleased}>
          Show released holds, too
        </CheckBox>
      </div>
    </div>
  );
}

interface HoldTableProps {
  readonly holds: readonly Hold[];
  readonly isReader: boolean;
  readonly owner: string;
  readonly onRelease: (id: string) => void;
}

function HoldTable({ holds, isReader, owner, onRelease }: HoldTableProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  return (
    <table className={styles.table} aria-label="Holds">
      <thead>
        <tr>
          <th scope="col">Holds</th>
          <th scope="col">Why</th>
          <th scope="col">Owner</th>
          <th scope="col">Since</th>
          <th aria-label="Release" />
        </tr>
      </thead>
      <tbody>
        {holds.map((hold) => (
          <tr key={hold.id} className={isActive(hold) ? undefined : plain.off}>
            <td title={hold.id}>{coverText(hold, zone)}</td>
            <td className={styles.wide} title={hold.reason}>
              {hold.reason}
            </td>
            <td>{hold.owner}</td>
            <td>{formatSecond(hold.createdMs, zone)}</td>
            <td>
              {isActive(hold) ? (
                <TextButton
                  disabled={isReader || owner.trim() === ''}
                  title={owner.trim() === '' ? 'Say who you are first: Owner, on the right' : undefined}
                  aria-label={`Release ${hold.id}`}
                  onClick={() => onRelease(hold.id)}
                >
                  Release
                </TextButton>
              ) : (
                <span title={formatInstant(hold.releasedMs, zone)}>released by {hold.releasedBy}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function coverText({ symbol, dataset, from, until, pattern }: Hold, zone: string): string {
  const day = (ms: number) => formatInstant(ms, zone).replace(/ 00:00:00(\.000)?/, '');
  return [
    ...(symbol === null ? [] : [symbol]),
    ...(dataset === null ? [] : [dataset]),
    ...(from === null ? [] : [`from ${day(from)}`]),
    ...(until === null ? [] : [`until ${day(until)}`]),
    ...(pattern === null ? [] : [pattern]),
  ].join(', ');
}

interface HoldFormProps {
  readonly owner: string;
  readonly problem: string | null;
  readonly isReader: boolean;
  readonly onOwner: (owner: string) => void;
  readonly onProblem: (problem: string | null) => void;
  /** Answers whether it was added. */
  readonly onAdd: (request: HoldRequest) => Promise<boolean>;
}

const empty = { symbol: '', dataset: '', from: '', until: '', pattern: '', reason: '' };

function HoldForm({ owner, problem, isReader, onOwner, onProblem, onAdd }: HoldFormProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const [typed, setTyped] = useState(empty);
  const change = (key: keyof typeof empty, text: string) => {
    setTyped({ ...typed, [key]: text });
    onProblem(null);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const [from, until] = [readTime('from', typed.from, zone), readTime('until', typed.until, zone)];
    const fault = from.fault ?? until.fault;
    if (fault !== null) {
      onProblem(fault);
      return;
    }
    const given = (text: string) => (text.trim() === '' ? null : text.trim());
    void onAdd({
      symbol: given(typed.symbol),
      dataset: given(typed.dataset),
      from: from.ts,
      until: until.ts,
      pattern: given(typed.pattern),
      reason: typed.reason,
      owner,
    }).then((isAdded) => {
      if (isAdded) setTyped(empty);
    });
  };
  const field = (key: keyof typeof empty, label: string, placeholder: string) => (
    <label className={styles.pair}>
      <span className={styles.label}>{label}</span>
      <input
        className={`${styles.field ?? ''} ${styles.full ?? ''}`}
        placeholder={placeholder}
        spellCheck={false}
        value={typed[key]}
        onChange={(event) => change(key, event.target.value)}
      />
    </label>
  );
  return (
    <form className={styles.holdForm} aria-label="New hold" onSubmit={submit}>
      {field('reason', 'Reason', 'why it must stay')}
      <label className={styles.pair}>
        <span className={styles.label}>Owner</span>
        <input
          className={`${styles.field ?? ''} ${styles.full ?? ''}`}
          placeholder="your name"
          spellCheck={false}
          value={owner}
          onChange={(event) => onOwner(event.target.value)}
        />
      </label>
      {field('symbol', 'Symbol', 'any')}
      <label className={styles.pair}>
        <span className={styles.label}>Dataset</span>
        <select
          className={`${styles.select ?? ''} ${styles.full ?? ''}`}
          value={typed.dataset}
          onChange={(event) => change('dataset', event.target.value)}
        >
          <option value="">any</option>
          {retainedDatasets.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {field('from', 'From', '2025-09-01 09:30')}
      {field('until', 'Until', 'not included')}
      {field('pattern', 'Paths', 'data/1m/2025-09-*')}
      <div className={styles.actions}>
        <TextButton type="submit" look="outlined" disabled={isReader}>
          Hold
        </TextButton>
      </div>
      <p className={styles.fault} role="alert">
        {problem ?? ''}
      </p>
    </form>
  );
}

function readTime(
  name: string,
  text: string,
  zone: string,
): { readonly ts: number | null; readonly fault: string | null } {
  if (text.trim() === '') return { ts: null, fault: null };
  const parsed = parseInstant(text.trim(), zone);
  return parsed.ok
    ? { ts: parsed.ts, fault: null }
    : { ts: null, fault: `${name}: ${text} ${parsed.reason}` };
}
