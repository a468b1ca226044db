import { counted } from '#shared/counted';
import type { BackupPlan } from '#shared/domain/backup';
import { hasEnded, type JobSummary } from '#shared/domain/job';
import { useEffect, useState } from 'react';
import { problemOf } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatSize } from '../../format/size.ts';
import { formatInstant } from '../../format/time.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { FollowedJob } from '../followed-job.tsx';
import table from '../table.module.css';
import styles from './storage.module.css';

const nobody: readonly JobSummary[] = [];

/** Copies of the store in other folders: where to, what would be copied, and what came of earlier ones. */
export function BackupView() {
  const calls = useWorkbench((state) => state.jobs.calls);
  const list = useWorkbench((state) => state.jobs.list);
  const { begin } = useJobActions();
  const now = useNow();
  const { folder, type, choose, keep, fault } = useBackupFolder();
  const [told, setTold] = useState<{ readonly text: string; readonly isFault: boolean } | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const jobs = (list.phase === 'ready' ? list.value.jobs : nobody).filter(({ kind }) => kind === 'backup');
  const followed = jobs.find(({ id }) => id === begun) ?? jobs.find((job) => !hasEnded(job));
  const to = folder.trim();

  async function dryRun(): Promise<void> {
    try {
      setTold({ text: planText(await calls.backups.plan({ to })), isFault: false });
    } catch (error) {
      setTold({ text: problemOf(error).message, isFault: true });
    }
  }

  async function start(): Promise<void> {
    const job = await begin(calls.backups.start({ to }));
    if (job !== null) setBegun(job.id);
  }

  const said = fault === null ? told : { text: fault, isFault: true };
  return (
    <div className={styles.sides}>
      <div className={table.panel}>
        <div className={table.tools}>
          <input
            className={styles.path}
            aria-label="Backup folder"
            placeholder="/mnt/backup/store"
            title="Absolute path, best on another disk"
            spellCheck={false}
            value={folder}
            onChange={({ target }) => type(target.value)}
          />
          <TextButton onClick={choose}>Choose…</TextButton>
          {keep !== null && (
            <TextButton title="Schedules and the command line back up to it, too" onClick={keep}>
              Keep as the backup folder
            </TextButton>
          )}
          <TextButton look="outlined" disabled={to === ''} onClick={() => void dryRun()}>
            Dry run
          </TextButton>
          <TextButton look="outlined" disabled={to === ''} onClick={() => void start()}>
            Back up
          </TextButton>
        </div>
        {said !== null && (
          <div className={styles.said}>
            <p
              role={said.isFault ? 'alert' : 'status'}
              className={said.isFault ? styles.fault : styles.basis}
            >
              {said.text}
            </p>
          </div>
        )}
        <BackupList jobs={jobs} onChoose={setBegun} />
      </div>
      <aside className={styles.side} aria-label="Backing up" tabIndex={0}>
        {followed === undefined ? (
          <Empty headline="No backup runs">
            A backup is a store of its own: it can be opened, checked, and put in the place of one that was
            lost. Files that it has already are not copied again.
          </Empty>
        ) : (
          <FollowedJob
            job={followed}
            now={now}
            stopped="The folder is as the backup before left it; the next one goes on from here."
            onBack={() => setBegun(null)}
          />
        )}
      </aside>
    </div>
  );
}

interface BackupListProps {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  readonly onChoose: (id: string) => void;
}

function BackupList({ jobs, onChoose }: BackupListProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  if (jobs.length === 0) {
    return (
      <Empty headline="There is no backup yet">
        Choose a folder on another disk. “Schedules” can have it brought up to date every night.
      </Empty>
    );
  }
  return (
    <div className={styles.scroll} role="group" aria-label="Backups" tabIndex={0}>
      {jobs.map(({ id, title, state, createdMs }) => (
        <div key={id} className={styles.tierRow}>
          <span>{formatInstant(createdMs, zone)}</span>
          <span className={styles.grow} title={title}>
            {title}
          </span>
          <span>{state}</span>
          <TextButton onClick={() => onChoose(id)}>Show</TextButton>
        </div>
      ))}
    </div>
  );
}

/** What is typed, else the folder of the settings; and how to keep another one there. */
function useBackupFolder() {
  const settings = useWorkbench((state) => state.upkeep.settings);
  const loadSettings = useWorkbench((state) => state.upkeep.loadSettings);
  const changeSettings = useWorkbench((state) => state.upkeep.changeSettings);
  const main = useWorkbench((state) => state.window.main);
  const [typed, setTyped] = useDraft('backup-folder');
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => void loadSettings(), [loadSettings]);
  const kept = settings.phase === 'ready' ? (settings.value.backupFolder ?? '') : '';
  const folder = typed === '' ? kept : typed;

  async function choose(): Promise<void> {
    const chosen = await main.choosePlace({ kind: 'backup', name: '' }).catch(() => null);
    if (chosen !== null) setTyped(chosen.path);
  }

  async function keep(): Promise<void> {
    setFault((await changeSettings({ backupFolder: folder.trim() }))?.message ?? null);
  }

  return {
    folder,
    type: setTyped,
    choose: () => void choose(),
    keep: folder.trim() === kept || folder.trim() === '' ? null : () => void keep(),
    fault,
  };
}

function planText({ files, sizeBytes, keptFiles }: BackupPlan): string {
  const copied = counted(files, 'file');
  return `${copied} (${formatSize(sizeBytes)}) would be copied; ${formatCount(keptFiles)} are there already.`;
}
