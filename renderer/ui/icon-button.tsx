import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';

export interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  /** What it does: the tooltip, and its name for who cannot see the icon. */
  readonly label: string;
}

/** A small square button with an icon, for rows and legends. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      className={classNames(styles.button, className)}
      {...rest}
    />
  );
}
