import { classNames } from './class-names.ts';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null when nobody knows how far it is. */
  readonly share: number | null;
  readonly className?: string;
}

/** How far something is. Without a share it says only that something goes on. */
export function ProgressBar({ label, share, className }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.floor(share * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={classNames(styles.track, share === null && styles.unknown, className)}
    >
      {share !== null && <span className={styles.fill} style={{ width: `${share * 100}%` }} />}
    </span>
  );
}
