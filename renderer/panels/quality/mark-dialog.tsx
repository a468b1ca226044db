import { counted } from '#shared/counted';
import type { Gap, SeriesQuality } from '#shared/domain/quality';
import { useState, type SyntheticEvent } from 'react';
import type { Problem } from '../../data/problem.ts';
import { formatInstant } from '../../format/time.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { ReasonField } from './reason-field.tsx';
import styles from './quality-panel.module.css';

export interface MarkDialogProps {
  readonly quality: Pick<SeriesQuality, 'symbol' | 'timeframe'>;
  readonly gap: Gap;
  readonly zone: string;
  /** Answers why it could not be marked, or null. */
  readonly onMark: (mark: {
    readonly reason: string;
    readonly isOfAllTimeframes: boolean;
  }) => Promise<Problem | null>;
  readonly onClose: () => void;
}

/** Asks why the bars of a gap will not come. */
export function MarkDialog({ quality, gap, zone, onMark, onClose }: MarkDialogProps) {
  const [reason, setReason] = useState('');
  const [isOfAllTimeframes, setOfAll] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const refused = await onMark({ reason, isOfAllTimeframes });
    if (refused === null) onClose();
    else setProblem(refused);
  };
  return (
    <Dialog label="Mark as expected" onClose={onClose} className={styles.dialog}>
      <DialogHead title="Mark as expected" onClose={onClose} />
      <form className={styles.dialogBody} onSubmit={(event) => void submit(event)}>
        <p>
          {quality.symbol} {quality.timeframe}, {formatInstant(gap.from, zone)} until{' '}
          {formatInstant(gap.until, zone)}: {counted(gap.bars, 'bar')}. They will not count as missing. The
          mark is kept in the store and can be taken back.
        </p>
        <ReasonField
          reason={reason}
          placeholder="The exchange was closed, the feed was down…"
          onChange={setReason}
        />
        <CheckBox className={styles.check} isChecked={isOfAllTimeframes} onChange={setOfAll}>
          For all timeframes of {quality.symbol}
        </CheckBox>
        {problem !== null && (
          <p role="alert" className={styles.problem}>
            {problem.message}
          </p>
        )}
        <div className={styles.actions}>
          <TextButton type="button" onClick={onClose}>
            Cancel
          </TextButton>
          <TextButton type="submit" look="primary" disabled={reason.trim() === ''}>
            Mark as expected
          </TextButton>
        </div>
      </form>
    </Dialog>
  );
}
