import { classNames } from './class-names.ts';
import styles from './colour-field.module.css';

export interface ColourFieldProps {
  readonly label: string;
  /** `#rrggbb`; null while a colour is chosen in another way. */
  readonly value: string | null;
  readonly onChange: (colour: `#${string}`) => void;
}

/** Any colour at all, from the picker of the system. */
export function ColourField({ label, value, onChange }: ColourFieldProps) {
  return (
    <label className={classNames(styles.field, value !== null && styles.chosen)} title={label}>
      <input
        type="color"
        aria-label={label}
        value={value ?? '#808080'}
        onChange={(event) => onChange(event.target.value as `#${string}`)}
      />
    </label>
  );
}
