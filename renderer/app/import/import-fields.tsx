import { conflictRules, type ImportInspection } from '#shared/domain/import';
import type { ImportForm } from '../../data/import-form.ts';
import { allZones } from '../../data/zones.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { FormLine } from '../../ui/form-line.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './import.module.css';
import { conflictWords } from './import-words.ts';

interface ImportFieldsProps {
  readonly form: ImportForm;
  readonly inspection: ImportInspection | null;
  readonly onChange: (part: Partial<ImportForm>) => void;
}

/** Symbols offered; more make the list slow to open. */
const mostOffered = 500;
const usualTimeframes = ['1s', '1m', '2m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '1d', '1w'];

/** What is said of the bars: whose they are, how long, and what their times mean. */
export function ImportFields({ form, inspection, onChange }: ImportFieldsProps) {
  const shownZone = useWorkbench((state) => state.settings.zone);
  const catalog = useWorkbench((state) => state.catalog.symbols);
  const known =
    catalog.phase === 'ready' ? catalog.value.map(({ symbol }) => symbol).slice(0, mostOffered) : [];
  const [source] = inspection?.sources ?? [];
  const saysZone = source?.hasOffset === true;
  const told = inspection?.report.symbols ?? [];
  const missing = inspection?.missing ?? [];
  const { from, until } = form;
  return (
    <div className={styles.fields}>
      <FormLine label="Symbol">
        <TextField
          className={styles.text}
          label="Symbol"
          isInvalid={missing.includes('symbol') && (form.symbol ?? '') === ''}
          suggestions={known}
          placeholder={told.length > 0 && form.symbol === null ? symbolsText(told) : 'whose bars they are'}
          value={form.symbol ?? ''}
          onChange={(symbol) => onChange({ symbol })}
        />
      </FormLine>
      <FormLine label="Timeframe">
        <TextField
          className={styles.text}
          label="Timeframe"
          isInvalid={missing.includes('timeframe') && (form.timeframe ?? '') === ''}
          suggestions={usualTimeframes}
          placeholder={inspection?.timeframe ?? 'how long the bars are'}
          value={form.timeframe ?? ''}
          onChange={(timeframe) => onChange({ timeframe })}
        />
      </FormLine>
      <FormLine label="Zone">
        <TextField
          className={styles.text}
          label="Zone of times"
          suggestions={allZones()}
          isDisabled={saysZone}
          placeholder={
            saysZone ? 'the times say it themselves' : (source?.zone ?? 'of times without an offset')
          }
          value={saysZone ? '' : (form.zone ?? '')}
          onChange={(zone) => onChange({ zone })}
        />
      </FormLine>
      <FormLine label="Times are">
        <select
          className={styles.text}
          aria-label="Times are"
          value={form.barTime ?? source?.barTime ?? 'open'}
          onChange={(event) => onChange({ barTime: event.target.value === 'close' ? 'close' : 'open' })}
        >
          <option value="open">when each bar opens</option>
          <option value="close">when each bar closes</option>
        </select>
      </FormLine>
      <FormLine label="Conflicts">
        <select
          className={styles.text}
          aria-label="Bars that are stored with other values"
          title="What becomes of bars that the store has with other values"
          value={form.onConflict}
          onChange={(event) => {
            const rule = conflictRules.find((each) => each === event.target.value);
            if (rule !== undefined) onChange({ onConflict: rule });
          }}
        >
          {conflictRules.map((rule) => (
            <option key={rule} value={rule}>
              {conflictWords[rule]}
            </option>
          ))}
        </select>
      </FormLine>
      {(from !== null || until !== null) && (
        <FormLine label="Range">
          <span className={styles.range}>
            {from === null ? 'the first' : formatInstant(from, shownZone)} until{' '}
            {until === null ? 'the last' : formatInstant(until, shownZone)}
          </span>
          <TextButton onClick={() => onChange({ from: null, until: null })}>All bars</TextButton>
        </FormLine>
      )}
    </div>
  );
}

function symbolsText(symbols: readonly string[]): string {
  const shown = symbols.slice(0, 3).join(', ');
  return symbols.length <= 3 ? shown : `${shown} and ${symbols.length - 3} more`;
}
