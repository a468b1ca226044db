import { counted } from '#shared/counted';
import { compressionIds, type CompressionId } from '#shared/domain/compression';
import {
  colderTiers,
  type ColderTierId,
  type TierPlan,
  type TierSettings,
  type TierState,
} from '#shared/domain/tier';
import type { TierRequest } from '#shared/ipc';
import { useCallback, useEffect, useState } from 'react';
import { problemOf, settle, type Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useFresh } from '../../state/use-fresh.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { FollowedJob } from '../followed-job.tsx';
import table from '../table.module.css';
import styles from './storage.module.css';
import { Size, storageInterval } from './summary-side.tsx';

/** What the right side shows: what would move, or the job that moves it. */
type Step =
  { readonly kind: 'plan'; readonly request: TierRequest } | { readonly kind: 'job'; readonly id: string };

/** Where files lie by age, what moves when, and the way there and back. */
export function TiersView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const list = useWorkbench((state) => state.jobs.list);
  const isReader = useIsReader();
  const now = useNow();
  const ask = useCallback(() => calls.tiers.list({}), [calls]);
  const { found, load } = useFresh(ask, storageInterval);
  const [step, setStep] = useState<Step | null>(null);
  const jobs = list.phase === 'ready' ? list.value.jobs : [];
  const followed = step?.kind === 'job' ? jobs.find(({ id }) => id === step.id) : undefined;
  return (
    <div className={styles.sides}>
      <div className={table.panel}>
        <div className={table.tools}>
          <span className={styles.readout}>
            Merged files move as their newest row ages; readers find them as before.
          </span>
          <TextButton
            look="outlined"
            disabled={isReader}
            onClick={() => setStep({ kind: 'plan', request: {} })}
          >
            Dry run…
          </TextButton>
        </div>
        {found.phase === 'failed' ? (
          <Failure {...found.problem} onRetry={() => void load()} />
        ) : found.phase !== 'ready' ? (
          <Skeleton rows={3} label="Looking at the tiers" />
        ) : (
          <div className={styles.scroll} role="group" aria-label="Tiers" tabIndex={0}>
            <Hot tiers={found.value} />
            {colderTiers.map((name) => {
              const tier = found.value.find((each) => each.tier === name);
              if (tier?.settings == null) return null;
              return (
                <Tier
                  // Made anew when another window, or a command, has changed it.
                  key={`${name} ${JSON.stringify(tier.settings)}`}
                  name={name}
                  tier={tier}
                  settings={tier.settings}
                  isReader={isReader}
                  onSaved={() => void load()}
                  onBack={() => setStep({ kind: 'plan', request: { tier: name, isBack: true } })}
                />
              );
            })}
          </div>
        )}
      </div>
      <aside className={styles.side} aria-label="Moving files" tabIndex={0}>
        {followed !== undefined ? (
          <FollowedJob
            job={followed}
            now={now}
            stopped="Each file is wholly in one place: what was moved by then stays moved."
            onBack={() => setStep(null)}
          />
        ) : step?.kind === 'plan' ? (
          <DryRun
            key={JSON.stringify(step.request)}
            request={step.request}
            onBegun={(id) => setStep({ kind: 'job', id })}
            onBack={() => setStep(null)}
          />
        ) : (
          <Empty headline="Nothing is planned">
            A dry run lists exactly what would move. The old files wait in the trash, and the move can be
            undone from there.
          </Empty>
        )}
      </aside>
    </div>
  );
}

function Hot({ tiers }: { readonly tiers: readonly TierState[] }) {
  const hot = tiers.find(({ tier }) => tier === 'hot');
  if (hot === undefined) return null;
  return (
    <section className={styles.tierRow} aria-label="hot tier">
      <h3 className={styles.tier} data-tier="hot">
        hot
      </h3>
      <span className={styles.grow} title={hot.folder}>
        {hot.folder}
      </span>
      <Held tier={hot} />
    </section>
  );
}

function Held({ tier: { files, rows, sizeBytes, freeBytes } }: { readonly tier: TierState }) {
  return (
    <span className={styles.held} title={counted(rows, 'row')}>
      <Size bytes={sizeBytes} /> · {counted(files, 'file')}
      {freeBytes !== null && ` · ${formatSize(freeBytes)} free`}
    </span>
  );
}

interface TierProps {
  readonly name: ColderTierId;
  readonly tier: TierState;
  readonly settings: TierSettings;
  readonly isReader: boolean;
  readonly onSaved: () => void;
  readonly onBack: () => void;
}

/** What is typed of a tier; kept by the button, once the store has checked it. */
function useTierForm(name: ColderTierId, settings: TierSettings, onSaved: () => void) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const [typed, setTyped] = useState(() => typedOf(settings));
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);

  async function save(): Promise<void> {
    if (!/^\d+$/.test(typed.after.trim())) {
      setFault(`${typed.after} is not a whole number of days`);
      return;
    }
    setSaving(true);
    try {
      await calls.tiers.save({ tiers: { [name]: wantedOf(typed) } });
      setFault(null);
      onSaved();
    } catch (error) {
      setFault(problemOf(error).message);
    } finally {
      setSaving(false);
    }
  }

  return {
    typed,
    type: (changed: Partial<TypedTier>) => setTyped((before) => ({ ...before, ...changed })),
    isChanged: JSON.stringify(wantedOf(typed)) !== JSON.stringify(wantedOf(typedOf(settings))),
    fault,
    isSaving,
    save: () => void save(),
  };
}

interface TypedTier {
  readonly isOn: boolean;
  readonly path: string;
  readonly after: string;
  readonly profile: CompressionId;
}

function typedOf({ isOn, path, afterDays, profile }: TierSettings): TypedTier {
  return { isOn, path: path ?? '', after: String(afterDays), profile };
}

function wantedOf({ isOn, path, after, profile }: TypedTier): TierSettings {
  return { isOn, path: path.trim() === '' ? null : path.trim(), afterDays: Number(after), profile };
}

function Tier({ name, tier, settings, isReader, onSaved, onBack }: TierProps) {
  const main = useWorkbench((state) => state.window.main);
  const { typed, type, isChanged, fault, isSaving, save } = useTierForm(name, settings, onSaved);

  async function choose(): Promise<void> {
    const chosen = await main.choosePlace({ kind: 'tier', name: '' }).catch(() => null);
    if (chosen !== null) type({ path: chosen.path });
  }

  return (
    <section className={styles.tierRow} aria-label={`${name} tier`}>
      <h3 className={styles.tier} data-tier={name}>
        {name}
      </h3>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={typed.isOn}
          disabled={isReader}
          aria-label={`Files move to the ${name} tier`}
          onChange={({ target }) => type({ isOn: target.checked })}
        />
        after
      </label>
      <input
        className={styles.days}
        aria-label={`${name}: days until files move`}
        inputMode="numeric"
        value={typed.after}
        disabled={isReader}
        onChange={({ target }) => type({ after: target.value })}
      />
      days
      <select
        className={styles.select}
        aria-label={`${name}: compression`}
        value={typed.profile}
        disabled={isReader}
        onChange={({ target }) =>
          type({ profile: compressionIds.find((id) => id === target.value) ?? typed.profile })
        }
      >
        {compressionIds.map((id) => (
          <option key={id}>{id}</option>
        ))}
      </select>
      <input
        className={styles.path}
        aria-label={`${name}: folder`}
        placeholder={tier.settings?.path === null ? tier.folder : 'in the store'}
        title="Absolute path, perhaps on another disk; empty: in the store's own folder"
        spellCheck={false}
        value={typed.path}
        disabled={isReader}
        onChange={({ target }) => type({ path: target.value })}
      />
      <TextButton disabled={isReader} aria-label={`${name}: choose a folder`} onClick={() => void choose()}>
        Choose…
      </TextButton>
      <Held tier={tier} />
      {isChanged && (
        <TextButton
          look="outlined"
          disabled={isReader || isSaving}
          aria-label={`Keep ${name}`}
          onClick={save}
        >
          Keep
        </TextButton>
      )}
      {tier.files > 0 && (
        <TextButton
          disabled={isReader || tier.problem !== null}
          aria-label={`Bring back from ${name}`}
          onClick={onBack}
        >
          Bring back…
        </TextButton>
      )}
      {(fault ?? tier.problem) !== null && (
        <p role="alert" className={styles.fault}>
          {fault ?? tier.problem}
        </p>
      )}
    </section>
  );
}

interface DryRunProps {
  readonly request: TierRequest;
  readonly onBegun: (id: string) => void;
  readonly onBack: () => void;
}

/** Files that are listed at once; the figures are of all. */
const mostListed = 300;

function DryRun({ request, onBegun, onBack }: DryRunProps) {
  const calls = useWorkbench((state) => state.jobs.calls);
  const { begin } = useJobActions();
  const [plan, setPlan] = useState<Loadable<TierPlan>>({ phase: 'loading' });
  useEffect(() => {
    let isLate = false;
    void settle(calls.tiers.plan(request)).then((found) => {
      if (!isLate) setPlan(found);
    });
    return () => {
      isLate = true;
    };
  }, [calls, request]);
  if (plan.phase === 'failed') return <Failure {...plan.problem} onRetry={onBack} />;
  if (plan.phase !== 'ready') return <Skeleton rows={4} label="Planning" />;
  const { moves, kept, rows, sizeBytes, atMs, digest } = plan.value;
  const move = async () => {
    const job = await begin(calls.tiers.start({ ...request, atMs, digest }));
    if (job === null) setPlan(await settle(calls.tiers.plan(request)));
    else onBegun(job.id);
  };
  return (
    <section className={styles.file} aria-label="Dry run">
      <header className={styles.fileHead}>
        <p className={styles.grow}>
          {moves.length === 0
            ? 'Nothing is due to move.'
            : `${counted(moves.length, 'file')}, ${counted(rows, 'row')}, ${formatSize(sizeBytes)}`}
        </p>
        {moves.length > 0 && (
          <TextButton look="primary" onClick={() => void move()}>
            Move
          </TextButton>
        )}
        <TextButton onClick={onBack}>Back</TextButton>
      </header>
      <ul className={styles.moves}>
        {moves.slice(0, mostListed).map(({ path, from, to, sizeBytes: own }) => (
          <li key={path}>
            <code>{path}</code> {from} → {to} <Size bytes={own} />
          </li>
        ))}
        {moves.length > mostListed && <li>and {formatCount(moves.length - mostListed)} more</li>}
        {kept.slice(0, mostListed).map(({ path, because }) => (
          <li key={path}>
            <code>{path}</code> stays: {because}
          </li>
        ))}
      </ul>
    </section>
  );
}
