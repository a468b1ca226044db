import { barFields, type BarField, type ImportSource } from '#shared/domain/import';
import { useState } from 'react';
import type { ImportForm } from '../../data/import-form.ts';
import { FormLine } from '../../ui/form-line.tsx';
import styles from './import.module.css';

interface ImportColumnsProps {
  readonly form: ImportForm;
  readonly sources: readonly ImportSource[];
  readonly onChange: (part: Partial<ImportForm>) => void;
}

const fieldWords: Readonly<Record<BarField, string>> = {
  time: 'Time',
  date: 'Date',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  volume: 'Volume',
  symbol: 'Symbol',
  timeframe: 'Timeframe',
};
const needed: ReadonlySet<BarField> = new Set(['time', 'open', 'high', 'low', 'close']);

/** Which column of the files is what. */
export function ImportColumns({ form, sources, onChange }: ImportColumnsProps) {
  const [name, setName] = useState<string | null>(null);
  const source = sources.find((each) => each.name === name) ?? sources[0];
  if (source === undefined) return null;
  return (
    <fieldset className={styles.columns}>
      <legend className={styles.legend}>Columns</legend>
      {sources.length > 1 && (
        <select
          className={styles.text}
          aria-label="Columns of"
          value={source.name}
          onChange={(event) => setName(event.target.value)}
        >
          {sources.map((each) => (
            <option key={each.name} value={each.name}>
              {each.name}
            </option>
          ))}
        </select>
      )}
      {barFields.map((field) => {
        const place = source.mapping[field];
        const value = form.map[field] ?? (place === undefined ? '' : `#${place + 1}`);
        return (
          <FormLine key={field} label={fieldWords[field]}>
            <select
              className={styles.text}
              aria-label={`Column of ${field}`}
              aria-invalid={value === '' && needed.has(field) ? true : undefined}
              value={value}
              onChange={(event) => onChange({ map: { ...form.map, [field]: event.target.value } })}
            >
              <option value="">{needed.has(field) ? 'choose a column' : 'none'}</option>
              {source.columns.map((column, index) => (
                <option key={index} value={`#${index + 1}`}>
                  {column.name} · {column.sample === '' ? 'empty' : column.sample}
                </option>
              ))}
            </select>
          </FormLine>
        );
      })}
    </fieldset>
  );
}
