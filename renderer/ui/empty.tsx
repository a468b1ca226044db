import type { ReactNode } from 'react';
import styles from './notice.module.css';

export interface EmptyProps {
  readonly headline: string;
  /** What to do about it. */
  readonly children?: ReactNode;
}

/** Says that there is nothing here, and what would put something here. */
export function Empty({ headline, children }: EmptyProps) {
  return (
    <div className={styles.notice}>
      <p className={styles.headline}>{headline}</p>
      {children !== undefined && <div className={styles.detail}>{children}</div>}
    </div>
  );
}
