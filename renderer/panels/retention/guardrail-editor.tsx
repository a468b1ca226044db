import { CheckBox } from '../../ui/check-box.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TextField } from '../../ui/text-field.tsx';
import type { Faults, GuardrailFields } from './policy-fields.ts';
import styles from './retention.module.css';

export interface GuardrailEditorProps {
  readonly fields: GuardrailFields;
  readonly faults: Faults;
  readonly onChange: (changed: Partial<GuardrailFields>) => void;
}

const short = classNames(styles.field, styles.short);

/** What no policy goes beyond. */
export function GuardrailEditor({ fields, faults, onChange }: GuardrailEditorProps) {
  return (
    <fieldset className={styles.form} style={{ margin: 0, padding: 0, border: 0 }}>
      <legend className={styles.hint}>No policy goes beyond this</legend>
      <label className={styles.pair}>
        <span>Nothing younger than</span>
        <TextField
          className={short}
          label="Least age"
          isInvalid={faults['least age'] !== undefined}
          value={fields.minAge}
          onChange={(minAge) => onChange({ minAge })}
        />
        <span>goes</span>
      </label>
      <label className={styles.pair}>
        <span>At most</span>
        <TextField
          className={short}
          label="Largest share of the store in one run, percent"
          isInvalid={faults['largest share'] !== undefined}
          isNumber
          value={fields.maxShare}
          onChange={(maxShare) => onChange({ maxShare })}
        />
        <span>% of the store in one run</span>
      </label>
      <CheckBox
        title="Longer bars are made of these; without them, the longer bars of that time would be gone too"
        isChecked={fields.keepRollupSources}
        onChange={(keepRollupSources) => onChange({ keepRollupSources })}
      >
        Keep bars that rollups are made from
      </CheckBox>
      <CheckBox
        title="The last event of an object is its state: without it, the object would be gone, or as it once was"
        isChecked={fields.keepOpenObjects}
        onChange={(keepOpenObjects) => onChange({ keepOpenObjects })}
      >
        Keep the last event of open objects
      </CheckBox>
    </fieldset>
  );
}
