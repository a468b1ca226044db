import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-button.module.css';

export interface TextButtonProps extends ComponentPropsWithRef<'button'> {
  /** Stands out as chosen. */
  readonly isOn?: boolean;
  readonly look?: 'plain' | 'outlined' | 'primary';
}

/** The one button: 28 px high, quiet until it is pointed at. */
export function TextButton({ isOn, look = 'plain', className, ...rest }: TextButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      className={classNames(styles.button, styles[look], isOn === true && styles.on, className)}
      {...rest}
    />
  );
}
