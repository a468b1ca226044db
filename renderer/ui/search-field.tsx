import { IconSearch, IconX } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import styles from './search-field.module.css';

export interface SearchFieldProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field with a lens, and a cross that empties it. The label is its placeholder, too; all else goes to the input. */
export function SearchField({ label, value, onChange, ...rest }: SearchFieldProps) {
  return (
    <div className={styles.field}>
      <IconSearch size={14} className={styles.icon} aria-hidden />
      <input
        type="text"
        spellCheck={false}
        autoComplete="off"
        aria-label={label}
        placeholder={label}
        className={styles.input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      />
      {value !== '' && (
        <button type="button" className={styles.clear} aria-label="Clear" onClick={() => onChange('')}>
          <IconX size={12} />
        </button>
      )}
    </div>
  );
}
