import { counted } from '#shared/counted';
import type { QuarantinePlan } from '#shared/domain/quality';
import { hasEnded } from '#shared/domain/job';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { settle, type Loadable } from '../../data/problem.ts';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { FollowedJob } from '../followed-job.tsx';
import { longestReason, ReasonField } from './reason-field.tsx';
import styles from './quality-panel.module.css';

export interface QuarantineDialogProps {
  readonly symbol: string;
  readonly timeframe: string;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  /** What is wrong, as it was found. */
  readonly reason: string;
  readonly onClose: () => void;
}

/** More bars than this are listed by their count alone. */
const mostListed = 200;
/** More than these have to be confirmed by typing. */
const mostUnasked = 20;

/** Shows exactly which bars would be taken out of the store, and takes them out when that is confirmed. */
export function QuarantineDialog({ onClose, ...wanted }: QuarantineDialogProps) {
  const { symbol, timeframe, from, until } = wanted;
  const calls = useWorkbench((state) => state.quality.calls);
  const change = useWorkbench((state) => state.quality.change);
  const jobs = useWorkbench((state) => state.jobs.list);
  const { begin } = useJobActions();
  const now = useNow();
  const [reason, setReason] = useState(wanted.reason.slice(0, longestReason));
  const [plan, setPlan] = useState<Loadable<QuarantinePlan>>({ phase: 'loading' });
  const [typed, setTyped] = useState('');
  const [jobId, setJobId] = useState<string | null>(null);
  useEffect(() => {
    let isShown = true;
    const ask = calls.planQuarantine({
      symbol,
      timeframe,
      from,
      until,
      reason: wanted.reason.slice(0, longestReason),
    });
    void settle(ask).then((found) => isShown && setPlan(found));
    return () => {
      isShown = false;
    };
  }, [calls, symbol, timeframe, from, until, wanted.reason]);

  const job = jobs.phase === 'ready' ? jobs.value.jobs.find(({ id }) => id === jobId) : undefined;
  const close = () => {
    if (jobId !== null) void change(() => Promise.resolve());
    onClose();
  };
  const bars = plan.phase === 'ready' ? plan.value.bars : [];
  const words = `${bars.length} ${bars.length === 1 ? 'bar' : 'bars'}`;
  const isMeant = bars.length > 0 && (bars.length <= mostUnasked || typed.trim() === words);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isMeant || plan.phase !== 'ready') return;
    const { digest } = plan.value;
    const begun = await begin(calls.startQuarantine({ symbol, timeframe, from, until, reason, digest }));
    if (begun !== null) setJobId(begun.id);
  };

  return (
    <Dialog label="Quarantine" onClose={close} className={styles.dialog}>
      <DialogHead title="Quarantine" onClose={close} />
      <div className={styles.dialogBody}>
        {job !== undefined && (
          <FollowedJob
            job={job}
            now={now}
            stopped={hasEnded(job) ? 'Days that were written already are listed in its log.' : ''}
            onBack={close}
          />
        )}
        {jobId === null && plan.phase === 'loading' && (
          <Skeleton rows={4} label="Looking which bars these are" />
        )}
        {jobId === null && plan.phase === 'failed' && <Failure {...plan.problem} />}
        {jobId === null && plan.phase === 'ready' && (
          <form className={styles.dialogForm} onSubmit={(event) => void submit(event)}>
            <p>
              {counted(bars.length, 'bar')} of {symbol} {timeframe} will be taken out of the store and kept in
              its folder <code>_rejects/quarantine</code>. The files as they are now go to the trash, from
              where this can be undone until their deadline.
            </p>
            <Bars bars={bars} />
            <ReasonField reason={reason} onChange={setReason} />
            {bars.length > mostUnasked && (
              <label className={styles.formRow}>
                <span>
                  Type <strong>{words}</strong> to go on.
                </span>
                <input
                  className={styles.text}
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </label>
            )}
            <div className={styles.actions}>
              <TextButton type="button" onClick={close}>
                Cancel
              </TextButton>
              <TextButton type="submit" look="primary" disabled={!isMeant || reason.trim() === ''}>
                Quarantine
              </TextButton>
            </div>
          </form>
        )}
      </div>
    </Dialog>
  );
}

function Bars({ bars }: Pick<QuarantinePlan, 'bars'>) {
  const zone = useWorkbench((state) => state.settings.zone);
  return (
    <div className={styles.bars} tabIndex={0} role="region" aria-label="Bars that will be taken out">
      <table>
        <thead>
          <tr>
            <th scope="col">Bar</th>
            <th scope="col">Open</th>
            <th scope="col">High</th>
            <th scope="col">Low</th>
            <th scope="col">Close</th>
            <th scope="col">Volume</th>
          </tr>
        </thead>
        <tbody>
          {bars.slice(0, mostListed).map(({ ts, ...bar }) => (
            <tr key={ts}>
              <th scope="row">{formatInstant(ts, zone)}</th>
              <td>{bar.open ?? '–'}</td>
              <td>{bar.high ?? '–'}</td>
              <td>{bar.low ?? '–'}</td>
              <td>{bar.close ?? '–'}</td>
              <td>{bar.volume ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {bars.length > mostListed && <p>and {formatCount(bars.length - mostListed)} more</p>}
    </div>
  );
}
