import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './retention.module.css';

export interface ConfirmTypedProps {
  readonly title: string;
  /** What has to be typed, letter for letter. */
  readonly words: string;
  readonly verb: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What will happen. */
  readonly children: ReactNode;
}

/** Asks before something that touches many files; a slip of the hand does not type that. */
export function ConfirmTyped({ title, words, verb, onConfirm, onClose, children }: ConfirmTypedProps) {
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === words;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isMeant) onConfirm();
  };
  return (
    <Dialog label={title} onClose={onClose} className={styles.dialog}>
      <DialogHead title={title} onClose={onClose} />
      <form className={styles.dialogBody} onSubmit={submit}>
        <div>{children}</div>
        <label className={styles.form}>
          <span>
            Type <strong>{words}</strong> to go on.
          </span>
          <input
            className={`${styles.field ?? ''} ${styles.full ?? ''}`}
            data-autofocus
            spellCheck={false}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <div className={styles.actions}>
          <TextButton type="button" onClick={onClose}>
            Cancel
          </TextButton>
          <TextButton type="submit" look="primary" disabled={!isMeant}>
            {verb}
          </TextButton>
        </div>
      </form>
    </Dialog>
  );
}
