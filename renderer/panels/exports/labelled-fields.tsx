import type { ReactNode } from 'react';
import styles from './exports.module.css';

/** A field with what it is above it. */
export function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span className={styles.fieldLabel}>{label}</span>
      {children}
    </label>
  );
}

export interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly isFocused?: boolean;
}

/** A line of text. */
export function Line({ label, value, onChange, placeholder, isDisabled, isFocused }: LineProps) {
  return (
    <Field label={label}>
      <input
        className={styles.text}
        value={value}
        placeholder={placeholder}
        disabled={isDisabled}
        spellCheck={false}
        data-autofocus={isFocused === true ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

/** One of a few. What cannot be chosen is shown all the same. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      <select
        className={styles.select}
        value={value}
        disabled={options.length === 1}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
