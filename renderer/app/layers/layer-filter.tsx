import type { ObjectState, ObjectType } from '#shared/domain/chart-object';
import {
  fieldTests,
  filterLimits,
  type FieldCondition,
  type FieldTest,
  type ObjectFilter,
} from '#shared/domain/object-filter';
import { useId, useMemo } from 'react';
import { isFiltering } from '../../data/object-filter.ts';
import { facetsOf, type FacetValue } from '../../data/object-facets.ts';
import { formatCount } from '../../format/count.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './layers.module.css';

const testNames: Readonly<Record<FieldTest, string>> = {
  is: 'is',
  contains: 'contains',
  'at-least': '≥',
  'at-most': '≤',
};

const nobody: readonly ObjectState[] = [];

/** Chooses which objects of a layer are shown, from what those that are loaded have. */
export function LayerFilter({ type, name }: { readonly type: ObjectType; readonly name: string }) {
  const objects = useWorkbench((state) => state.chart.window?.objects ?? nobody);
  const filter = useWorkbench((state) => state.settings.objectFilters[type]);
  const changeFilter = useWorkbench((state) => state.settings.changeFilter);
  const clear = useWorkbench((state) => state.settings.clearFilter);
  const facets = useMemo(
    () => facetsOf(objects.filter(({ object_type }) => object_type === type)),
    [objects, type],
  );
  const change = (changed: Partial<ObjectFilter>) => changeFilter(type, changed);
  return (
    <div className={styles.filter} role="group" aria-label={`Filter of ${name}`}>
      <Facet
        label="Kind"
        values={facets.kinds}
        chosen={filter.kinds}
        onChange={(kinds) => change({ kinds })}
      />
      <Facet
        label="Status"
        values={facets.statuses}
        chosen={filter.statuses}
        onChange={(statuses) => change({ statuses })}
      />
      <Facet
        label="Timeframe"
        values={facets.timeframes}
        chosen={filter.timeframes}
        onChange={(timeframes) => change({ timeframes })}
      />
      <Condition
        condition={filter.condition}
        fields={facets.fields}
        onChange={(condition) => change({ condition })}
      />
      <TextButton className={styles.reset} disabled={!isFiltering(filter)} onClick={() => clear(type)}>
        Show all {name.toLowerCase()}
      </TextButton>
    </div>
  );
}

interface FacetProps {
  readonly label: string;
  readonly values: readonly FacetValue[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** What was chosen stays to be seen where no object has it any more. */
function Facet({ label, values, chosen, onChange }: FacetProps) {
  const missing = chosen.filter((each) => values.every(({ value }) => value !== each));
  const all = [...values, ...missing.map((value) => ({ value, count: 0 }))];
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  return (
    <div className={styles.facet} role="group" aria-label={label}>
      <span className={styles.label}>{label}</span>
      <div className={styles.values}>
        {all.length === 0 && <span className={styles.none}>none here</span>}
        {all.map(({ value, count }) => (
          <button
            key={value}
            type="button"
            className={styles.facetValue}
            aria-pressed={chosen.includes(value)}
            title={`${formatCount(count)} loaded`}
            onClick={() => toggle(value)}
          >
            {value} <span className={styles.count}>{formatCount(count)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

interface ConditionProps {
  readonly condition: FieldCondition;
  readonly fields: readonly string[];
  readonly onChange: (condition: FieldCondition) => void;
}

function Condition({ condition, fields, onChange }: ConditionProps) {
  const list = useId();
  const { field, test, value } = condition;
  const isHalf = (field.trim() === '') !== (value.trim() === '');
  return (
    <div className={styles.facet} role="group" aria-label="Payload">
      <span className={styles.label}>Payload</span>
      <div className={styles.condition}>
        <input
          type="text"
          className={styles.text}
          list={list}
          spellCheck={false}
          maxLength={filterLimits.text}
          placeholder="field"
          aria-label="Payload field"
          value={field}
          onChange={(event) => onChange({ ...condition, field: event.target.value })}
        />
        <datalist id={list}>
          {fields.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <select
          className={styles.select}
          aria-label="Comparison"
          value={test}
          onChange={(event) => onChange({ ...condition, test: event.target.value as FieldTest })}
        >
          {fieldTests.map((each) => (
            <option key={each} value={each}>
              {testNames[each]}
            </option>
          ))}
        </select>
        <input
          type="text"
          className={styles.text}
          spellCheck={false}
          maxLength={filterLimits.value}
          placeholder="value"
          aria-label="Payload value"
          value={value}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
        {isHalf && (
          <p className={styles.hint} role="status">
            Holds nothing back until both a field and a value are given.
          </p>
        )}
      </div>
    </div>
  );
}
