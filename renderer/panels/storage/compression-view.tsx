import { counted } from '#shared/counted';
import {
  codecText,
  compressionProfiles,
  type CompressionId,
  type CompressionRules,
  type CompressionTrial,
  type TriedProfile,
} from '#shared/domain/compression';
import { hasEnded, type Job, type JobSummary } from '#shared/domain/job';
import { useEffect, useState } from 'react';
import { formatSize } from '../../format/size.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { TextButton } from '../../ui/text-button.tsx';
import table from '../table.module.css';
import styles from './storage.module.css';
import { Size } from './summary-side.tsx';

const nobody: readonly JobSummary[] = [];

/** The profiles, which of them merged files are written with, and what each makes of rows of this store. */
export function CompressionView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const settings = useWorkbench((state) => state.upkeep.settings);
  const loadSettings = useWorkbench((state) => state.upkeep.loadSettings);
  const changeSettings = useWorkbench((state) => state.upkeep.changeSettings);
  const symbols = useWorkbench((state) => state.catalog.symbols);
  const list = useWorkbench((state) => state.jobs.list);
  const isReader = useIsReader();
  const { begin, cancel } = useJobActions();
  const [symbol, setSymbol] = useState('');
  const [begun, setBegun] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => void loadSettings(), [loadSettings]);
  const jobs = list.phase === 'ready' ? list.value.jobs : nobody;
  const trials = jobs.filter(({ kind }) => kind === 'try-compression');
  const job = trials.find(({ id }) => id === begun) ?? trials[0];
  const trial = useTrial(job);
  const isRunning = job !== undefined && !hasEnded(job);
  const chosen = settings.phase === 'ready' ? settings.value.compression : null;
  const rules = settings.phase === 'ready' ? settings.value.compressionRules : {};

  async function choose(compression: CompressionId): Promise<void> {
    setFault((await changeSettings({ compression }))?.message ?? null);
  }

  async function tryAll(): Promise<void> {
    const started = await begin(calls.compression.start(symbol === '' ? {} : { symbol }));
    if (started !== null) setBegun(started.id);
  }

  return (
    <div className={table.panel}>
      <div className={table.tools}>
        <select
          className={styles.select}
          aria-label="Rows to try it on"
          value={symbol}
          onChange={({ target }) => setSymbol(target.value)}
        >
          <option value="">All symbols</option>
          {symbols.phase === 'ready' &&
            symbols.value.map(({ symbol: each }) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
        </select>
        <TextButton look="outlined" disabled={isRunning} onClick={() => void tryAll()}>
          Try it
        </TextButton>
        {isRunning && (
          <TextButton look="outlined" disabled={job.isCancelling} onClick={() => void cancel(job.id)}>
            {job.isCancelling ? 'Stopping…' : 'Cancel'}
          </TextButton>
        )}
        <span className={styles.readout} role="status">
          {isRunning ? `${job.progress.doing ?? 'Waiting'}…` : trialText(trial, job)}
        </span>
      </div>
      <div className={styles.scroll} role="group" aria-label="Compression profiles" tabIndex={0}>
        <ProfileTable
          trial={trial}
          chosen={chosen}
          rules={rules}
          isReader={isReader}
          onChoose={(id) => void choose(id)}
        />
        {fault !== null && (
          <p role="alert" className={styles.fault}>
            {fault}
          </p>
        )}
        <p className={styles.basis}>
          A profile holds from the next compaction on. Datasets and timeframes can have another one:
          “Compression of datasets and timeframes” in Settings.
        </p>
      </div>
    </div>
  );
}

interface ProfileTableProps {
  readonly trial: CompressionTrial | null;
  /** What merged files are written with; null while that is not known. */
  readonly chosen: CompressionId | null;
  readonly rules: CompressionRules;
  readonly isReader: boolean;
  readonly onChoose: (id: CompressionId) => void;
}

function ProfileTable({ trial, chosen, rules, isReader, onChoose }: ProfileTableProps) {
  return (
    <table className={styles.profiles}>
      <thead>
        <tr>
          <th>Merged files</th>
          <th>Profile</th>
          <th>Codec</th>
          <th className={styles.number}>Size</th>
          <th className={styles.number}>Bytes a row</th>
          <th className={styles.number} title="Of the same rows as plain values">
            Ratio
          </th>
          <th className={styles.number} title="Plain bytes a second: sort, encode, compress, write">
            Write
          </th>
          <th className={styles.number} title="Plain bytes a second: every value read back">
            Read
          </th>
          <th>For</th>
        </tr>
      </thead>
      <tbody>
        {compressionProfiles.map((profile) => (
          <tr key={profile.id}>
            <td>
              <input
                type="radio"
                name="compression"
                aria-label={`Write merged files with ${profile.title}`}
                checked={chosen === profile.id}
                disabled={isReader || chosen === null}
                onChange={() => onChoose(profile.id)}
              />
            </td>
            <td>{profile.title}</td>
            <td>{codecText(profile)}</td>
            <Measured trial={trial} result={trial?.results.find((each) => each.profile === profile.id)} />
            <td>
              {profile.use}
              {Object.entries(rules)
                .filter(([, id]) => id === profile.id)
                .map(([series]) => (
                  <b key={series}>, {series}</b>
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MeasuredProps {
  readonly trial: CompressionTrial | null;
  readonly result: TriedProfile | undefined;
}

function Measured({ trial, result }: MeasuredProps) {
  if (trial === null || result === undefined) {
    return (
      <>
        {['size', 'row', 'ratio', 'write', 'read'].map((name) => (
          <td key={name} className={styles.number}>
            –
          </td>
        ))}
      </>
    );
  }
  const { sizeBytes, writeMs, readMs } = result;
  const { plainBytes, rows } = trial;
  return (
    <>
      <td className={styles.number}>
        <Size bytes={sizeBytes} />
      </td>
      <td className={styles.number}>{(sizeBytes / rows).toFixed(1)}</td>
      <td className={styles.number}>{(plainBytes / sizeBytes).toFixed(2)} : 1</td>
      <td className={styles.number}>{speedText(plainBytes, writeMs)}</td>
      <td className={styles.number}>{speedText(plainBytes, readMs)}</td>
    </>
  );
}

function speedText(bytes: number, ms: number): string {
  return `${formatSize((bytes * 1_000) / ms)}/s`;
}

function trialText(trial: CompressionTrial | null, job: JobSummary | undefined): string {
  if (job?.state === 'failed') return job.error?.message ?? 'The trial failed';
  if (trial === null) return 'Try it measures every profile on rows of this store; nothing is changed.';
  const what = [trial.symbol, trial.dataset, trial.timeframe].filter((word) => word !== null).join(' ');
  const files = counted(trial.files, 'file');
  return `Measured on ${counted(trial.rows, 'row')} of ${what} from ${files}, ${formatSize(trial.plainBytes)} as plain values`;
}

/** What a trial has measured; null while there is none, and of one that came to nothing. */
function useTrial(job: JobSummary | undefined): CompressionTrial | null {
  const calls = useWorkbench((state) => state.jobs.calls);
  const [found, setFound] = useState<Job | null>(null);
  const id = job?.id;
  const isOver = job !== undefined && hasEnded(job);
  useEffect(() => {
    if (id === undefined || !isOver) return undefined;
    let isLate = false;
    calls.jobs
      .show({ id })
      .then((details) => {
        if (!isLate) setFound(details.job);
      })
      .catch(() => undefined);
    return () => {
      isLate = true;
    };
  }, [calls, id, isOver]);
  return found === null || found.id !== id ? null : (found.report as CompressionTrial | null);
}
