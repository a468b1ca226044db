import styles from './quality-panel.module.css';

export interface ReasonFieldProps {
  readonly reason: string;
  readonly placeholder?: string;
  readonly onChange: (reason: string) => void;
}

/** As long as the store keeps a reason. */
export const longestReason = 500;

/** Asks why something is done to bars of the store; the answer is kept with it. */
export function ReasonField({ reason, placeholder, onChange }: ReasonFieldProps) {
  return (
    <label className={styles.formRow}>
      Why
      <input
        className={styles.text}
        data-autofocus
        maxLength={longestReason}
        autoComplete="off"
        placeholder={placeholder}
        value={reason}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
