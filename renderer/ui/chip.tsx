import type { ReactNode } from 'react';
import styles from './chip.module.css';
import { classNames } from './class-names.ts';

export interface ChipProps {
  readonly tone?: 'quiet' | 'accent' | 'warn' | 'danger';
  readonly title?: string;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

/** A small label; a button when it does something. */
export function Chip({ tone = 'quiet', title, onClick, children }: ChipProps) {
  const className = classNames(styles.chip, styles[tone], onClick !== undefined && styles.action);
  if (onClick === undefined) {
    return (
      <span className={className} title={title}>
        {children}
      </span>
    );
  }
  return (
    <button type="button" className={className} title={title} onClick={onClick}>
      {children}
    </button>
  );
}
