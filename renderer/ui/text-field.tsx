import { useId } from 'react';
import styles from './fields.module.css';

export interface TextFieldProps {
  /** What the field is called where its label cannot be seen. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly isInvalid?: boolean;
  readonly isDisabled?: boolean;
  readonly isNumber?: boolean;
  /** Offered while somebody types; anything else may be typed as well. */
  readonly suggestions?: readonly string[];
  /** Composed of `field` in `fields.module.css`. */
  readonly className?: string | undefined;
}

/** A line of text that is no prose: a name, a time, a number. */
export function TextField({ suggestions, className = styles.field, ...field }: TextFieldProps) {
  const listId = useId();
  return (
    <>
      <input
        type="text"
        className={className}
        aria-label={field.label}
        aria-invalid={field.isInvalid === true ? true : undefined}
        inputMode={field.isNumber === true ? 'decimal' : undefined}
        list={suggestions === undefined ? undefined : listId}
        disabled={field.isDisabled}
        placeholder={field.placeholder}
        spellCheck={false}
        value={field.value}
        onChange={(event) => field.onChange(event.target.value)}
      />
      {suggestions !== undefined && (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}
