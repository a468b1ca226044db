import type { Faults, GuardrailFields } from './policy-fields.ts';
import styles from './retention.module.css';

export interface GuardrailEditorProps {
  readonly fields: GuardrailFields;
  readonly faults: Faults;
  readonly onChange: (changed: Partial<GuardrailFields>) => void;
}

/** What no policy goes beyond. */
export function GuardrailEditor({ fields, faults, onChange }: GuardrailEditorProps) {
  return (
    <fieldset className={styles.form} style={{ margin: 0, padding: 0, border: 0 }}>
      <legend className={styles.hint}>No policy goes beyond this</legend>
      <label className={styles.pair}>
        <span>Nothing younger than</span>
        <input
          className={`${styles.field ?? ''} ${styles.short ?? ''}`}
          aria-label="Least age"
          aria-invalid={faults['least age'] !== undefined}
          value={fields.minAge}
          onChange={(event) => onChange({ minAge: event.target.value })}
        />
        <span>goes</span>
      </label>
      <label className={styles.pair}>
        <span>At most</span>
        <input
          className={`${styles.field ?? ''} ${styles.short ?? ''}`}
          aria-label="Largest share of the store in one run, percent"
          aria-invalid={faults['largest share'] !== undefined}
          inputMode="decimal"
          value={fields.maxShare}
          onChange={(event) => onChange({ maxShare: event.target.value })}
        />
        <span>% of the store in one run</span>
      </label>
      <label
        className={styles.check}
        title="Longer bars are made of these; without them, the longer bars of that time would be gone too"
      >
        <input
          type="checkbox"
          checked={fields.keepRollupSources}
          onChange={(event) => onChange({ keepRollupSources: event.target.checked })}
        />
        <span>Keep bars that rollups are made from</span>
      </label>
      <label
        className={styles.check}
        title="The last event of an object is its state: without it, the object would be gone, or as it once was"
      >
        <input
          type="checkbox"
          checked={fields.keepOpenObjects}
          onChange={(event) => onChange({ keepOpenObjects: event.target.checked })}
        />
        <span>Keep the last event of open objects</span>
      </label>
    </fieldset>
  );
}
