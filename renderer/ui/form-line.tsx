import type { ReactNode } from 'react';
import styles from './form-line.module.css';

export interface FormLineProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** A line of a form: what it is about, and its fields. The form says by `--label-width` how wide labels are. */
export function FormLine({ label, children }: FormLineProps) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <div className={styles.fields}>{children}</div>
    </div>
  );
}
