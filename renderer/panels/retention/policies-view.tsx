import { tierIds } from '#shared/domain/tier';
import { nameOfPolicy, retainedDatasets, type RetentionSettings } from '#shared/domain/retention';
import { parseTarget } from '#shared/domain/policy-text';
import type { RetentionRequest } from '#shared/ipc';
import { IconX } from '@tabler/icons-react';
import { useCallback, useState, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { FollowedJob } from '../followed-job.tsx';
import plain from '../../ui/plain-table.module.css';
import table from '../table.module.css';
import { DryRun } from './dry-run.tsx';
import { GuardrailEditor } from './guardrail-editor.tsx';
import {
  fieldsOf,
  readFields,
  type Faults,
  type PolicyFields,
  type SettingsFields,
} from './policy-fields.ts';
import styles from './retention.module.css';
import { useFresh } from '../../state/use-fresh.ts';

/** What is to be kept how long, and the way from there to a run. */
export function PoliciesView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const ask = useCallback(() => calls.retention.settings({}), [calls]);
  const { found, load } = useFresh(ask);
  switch (found.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Reading the policies" />;
    case 'failed':
      return <Failure {...found.problem} onRetry={() => void load()} />;
    case 'ready':
      return <Policies saved={found.value} onSaved={load} />;
  }
}

type Step =
  | { readonly kind: 'plan'; readonly request: RetentionRequest }
  | { readonly kind: 'job'; readonly id: string };

interface PoliciesProps {
  readonly saved: RetentionSettings;
  readonly onSaved: () => Promise<void>;
}

function Policies({ saved, onSaved }: PoliciesProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const list = useWorkbench((state) => state.jobs.list);
  const isReader = useIsReader();
  const now = useNow();
  const [draft, setDraft] = useDraft('retention-policies');
  const [problem, setProblem] = useState<string | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const fields = draftFields(draft) ?? fieldsOf(saved);
  const read = readFields(fields);
  const faults: Faults = read.ok ? {} : read.faults;
  const isChanged = draft !== '' && JSON.stringify(fields) !== JSON.stringify(fieldsOf(saved));
  const job =
    step?.kind === 'job' && list.phase === 'ready'
      ? list.value.jobs.find(({ id }) => id === step.id)
      : undefined;

  const change = (next: SettingsFields) => {
    setProblem(null);
    setDraft(JSON.stringify(next));
  };
  const changePolicy = (index: number, changed: Partial<PolicyFields>) =>
    change({
      ...fields,
      policies: fields.policies.map((each, at) => (at === index ? { ...each, ...changed } : each)),
    });
  const save = async () => {
    if (!read.ok) return;
    try {
      await calls.retention.saveSettings(read.settings);
      setDraft('');
      await onSaved();
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  };

  if (step?.kind === 'plan')
    return (
      <DryRun
        request={step.request}
        isReader={isReader}
        onBegun={({ id }) => setStep({ kind: 'job', id })}
        onBack={() => setStep(null)}
      />
    );
  if (job !== undefined)
    return (
      <FollowedJob job={job} now={now} stopped="No other file was removed." onBack={() => setStep(null)} />
    );
  const onCount = fields.policies.filter(({ isOn }) => isOn).length;
  return (
    <>
      <div className={table.tools}>
        <AddPolicy
          policies={fields.policies}
          onAdd={(added) => change({ ...fields, policies: [...fields.policies, added] })}
        />
        <span className={`${styles.space ?? ''} ${styles.fault ?? ''}`} role="alert">
          {problem ?? Object.entries(faults).map(([name, why]) => `${name}: ${why}`)[0] ?? ''}
        </span>
        {isChanged && (
          <TextButton
            onClick={() => {
              setDraft('');
              setProblem(null);
            }}
          >
            Revert
          </TextButton>
        )}
        <TextButton look="outlined" disabled={!isChanged || !read.ok || isReader} onClick={() => void save()}>
          Save
        </TextButton>
        <TextButton
          look="primary"
          disabled={!read.ok || onCount === 0}
          title={onCount === 0 ? 'Switch a policy on first' : 'Shows exactly what would go; removes nothing'}
          onClick={() => {
            if (read.ok) setStep({ kind: 'plan', request: read.settings });
          }}
        >
          Dry run…
        </TextButton>
      </div>
      <div className={styles.sides}>
        <div className={styles.list}>
          <PolicyTable
            policies={fields.policies}
            faults={faults}
            onChange={changePolicy}
            onRemove={(index) =>
              change({ ...fields, policies: fields.policies.filter((_, at) => at !== index) })
            }
          />
        </div>
        <div className={styles.side}>
          <GuardrailEditor
            fields={fields.guardrails}
            faults={faults}
            onChange={(changed) => change({ ...fields, guardrails: { ...fields.guardrails, ...changed } })}
          />
        </div>
      </div>
    </>
  );
}

/** What was typed and not saved; null when there is none, or of another version. */
function draftFields(draft: string): SettingsFields | null {
  if (draft === '') return null;
  try {
    const parsed = JSON.parse(draft) as Partial<SettingsFields>;
    return Array.isArray(parsed.policies) && parsed.guardrails !== undefined
      ? (parsed as SettingsFields)
      : null;
  } catch {
    return null;
  }
}

interface PolicyTableProps {
  readonly policies: readonly PolicyFields[];
  readonly faults: Faults;
  readonly onChange: (index: number, changed: Partial<PolicyFields>) => void;
  readonly onRemove: (index: number) => void;
}

function PolicyTable({ policies, faults, onChange, onRemove }: PolicyTableProps) {
  return (
    <table className={styles.table} aria-label="Policies">
      <thead>
        <tr>
          <th scope="col">On</th>
          <th scope="col">What</th>
          <th scope="col">Keep for</th>
          <th scope="col">Keep in all</th>
          <th scope="col">Keep a symbol</th>
          <th scope="col">But never</th>
          <th aria-label="Remove" />
        </tr>
      </thead>
      <tbody>
        {policies.map((policy, index) => (
          <PolicyRow
            key={nameOfPolicy(policy)}
            policy={policy}
            faults={faults}
            onChange={(changed) => onChange(index, changed)}
            onRemove={() => onRemove(index)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface PolicyRowProps {
  readonly policy: PolicyFields;
  readonly faults: Faults;
  readonly onChange: (changed: Partial<PolicyFields>) => void;
  readonly onRemove: () => void;
}

function PolicyRow({ policy, faults, onChange, onRemove }: PolicyRowProps) {
  const name = nameOfPolicy(policy);
  const field = (key: 'age' | 'total' | 'perSymbol', words: string, placeholder: string) => (
    <input
      className={styles.field}
      aria-label={`${name} ${words}`}
      aria-invalid={faults[`${name} ${words}`] !== undefined}
      title={faults[`${name} ${words}`]}
      placeholder={placeholder}
      spellCheck={false}
      value={policy[key]}
      onChange={(event) => onChange({ [key]: event.target.value })}
    />
  );
  return (
    <tr className={policy.isOn ? undefined : plain.off}>
      <td>
        <input
          type="checkbox"
          aria-label={`${name} on`}
          checked={policy.isOn}
          onChange={(event) => onChange({ isOn: event.target.checked })}
        />
      </td>
      <td>
        {policy.timeframe === null && policy.dataset !== 'performance' ? `${name}, all timeframes` : name}
      </td>
      <td>{field('age', 'age', 'for ever')}</td>
      <td>{field('total', 'size', 'any size')}</td>
      <td>{field('perSymbol', 'size a symbol', 'any size')}</td>
      <td className={styles.wide}>
        <input
          className={`${styles.field ?? ''} ${styles.full ?? ''}`}
          aria-label={`${name} exclude`}
          title="Patterns of paths that this never removes, such as data/1m/2025-09-*"
          placeholder="paths, such as data/1m/2025-09-*"
          spellCheck={false}
          value={policy.exclude}
          onChange={(event) => onChange({ exclude: event.target.value })}
        />
      </td>
      <td>
        <IconButton label={`Remove the policy of ${name}`} onClick={onRemove}>
          <IconX size={14} />
        </IconButton>
      </td>
    </tr>
  );
}

interface AddPolicyProps {
  readonly policies: readonly PolicyFields[];
  readonly onAdd: (added: PolicyFields) => void;
}

function AddPolicy({ policies, onAdd }: AddPolicyProps) {
  const [dataset, setDataset] = useState<string>(retainedDatasets[0]);
  const [timeframe, setTimeframe] = useState('');
  const [tier, setTier] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const typed = dataset === 'performance' ? '' : timeframe.trim();
    const series = typed === '' ? dataset : `${dataset}:${typed}`;
    const target = parseTarget(tier === '' || dataset === 'performance' ? series : `${series}@${tier}`);
    const name = target.ok ? nameOfPolicy(target.value) : '';
    if (!target.ok || policies.some((each) => nameOfPolicy(each) === name)) {
      setFault(target.ok ? `${name} has a policy already` : target.reason);
      return;
    }
    setFault(null);
    setTimeframe('');
    onAdd({ ...target.value, isOn: false, age: '', total: '', perSymbol: '', exclude: '' });
  };
  return (
    <form className={styles.pair} onSubmit={add}>
      <select
        className={styles.select}
        aria-label="Dataset of a new policy"
        value={dataset}
        onChange={(event) => setDataset(event.target.value)}
      >
        {retainedDatasets.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <input
        className={styles.field}
        aria-label="Timeframe of a new policy"
        placeholder="timeframe"
        spellCheck={false}
        disabled={dataset === 'performance'}
        value={timeframe}
        onChange={(event) => setTimeframe(event.target.value)}
      />
      <select
        className={styles.select}
        aria-label="Tier of a new policy"
        title="Only files that lie in this tier"
        disabled={dataset === 'performance'}
        value={tier}
        onChange={(event) => setTier(event.target.value)}
      >
        <option value="">all tiers</option>
        {tierIds.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <TextButton type="submit" look="outlined">
        Add policy
      </TextButton>
      {fault !== null && (
        <span className={styles.fault} role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}
