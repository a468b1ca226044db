import type { ReactNode } from 'react';
import styles from './fields.module.css';

export interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
  /** Why one would, or what it comes to. */
  readonly title?: string;
  /** Composed of `check` in `fields.module.css`. */
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A box to tick and what it stands for. */
export function CheckBox({
  isChecked,
  onChange,
  isDisabled,
  title,
  className = styles.check,
  children,
}: CheckBoxProps) {
  return (
    <label className={className} title={title}>
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
