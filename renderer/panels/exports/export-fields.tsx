import { exportDatasets, type ExportDataset, type ExportProfile } from '#shared/domain/export-profile';
import { compareTimeframes } from '#shared/domain/timeframe';
import { useMemo, useState } from 'react';
import { exportFileName, isOneFile, type ExportForm, type ReadRequest } from '../../data/export-form.ts';
import { timeframesOf } from '../../data/timeframes.ts';
import { zoneNameAt } from '../../format/time.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { FormLine } from '../../ui/form-line.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './exports.module.css';

const datasetNames: Readonly<Record<ExportDataset, string>> = { candles: 'Bars', objects: 'Chart objects' };

interface ExportFieldsProps {
  readonly form: ExportForm;
  readonly profile: ExportProfile;
  readonly reading: ReadRequest;
  readonly onChange: (part: Partial<ExportForm>) => void;
}

/** Which rows, and where to. */
export function ExportFields({ form, profile, reading, onChange }: ExportFieldsProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const catalog = useWorkbench((state) => state.catalog);
  const choosePlace = useWorkbench((state) => state.window.main.choosePlace);
  const offered = useMemo(() => {
    if (catalog.symbols.phase !== 'ready') return [];
    const known = catalog.symbols.value.flatMap(({ symbol }) => timeframesOf(symbolIn(catalog, symbol)));
    return [...new Set(known)].sort(compareTimeframes);
  }, [catalog]);
  const faultOf = (field: keyof ExportForm) => (!reading.ok && reading.field === field ? true : undefined);
  const [openedAt] = useState(() => Date.now());
  const zoneName = zoneNameAt(zone, openedAt);
  const browse = async () => {
    const kind = isOneFile(form, profile) ? ('file' as const) : ('folder' as const);
    const place = await choosePlace({ kind, name: exportFileName(form, profile) });
    if (place !== null) onChange({ out: place.path });
  };
  const toggle = (dataset: ExportDataset) =>
    onChange({
      datasets: exportDatasets.filter((each) => form.datasets.includes(each) !== (each === dataset)),
    });
  return (
    <>
      <FormLine label="Data">
        {exportDatasets.map((dataset) => (
          <label key={dataset} className={styles.check}>
            <input
              type="checkbox"
              checked={form.datasets.includes(dataset)}
              disabled={profile.columns[dataset].length === 0 && !form.datasets.includes(dataset)}
              onChange={() => toggle(dataset)}
            />
            {datasetNames[dataset]}
          </label>
        ))}
        <select
          className={styles.select}
          aria-label="Timeframe"
          value={form.timeframe}
          onChange={(event) => onChange({ timeframe: event.target.value })}
        >
          <option value="">{form.datasets.includes('candles') ? 'Timeframe' : 'All timeframes'}</option>
          {offered.map((timeframe) => (
            <option key={timeframe} value={timeframe}>
              {timeframe}
            </option>
          ))}
        </select>
        <input
          type="text"
          className={styles.text}
          aria-label="Symbols"
          placeholder="all symbols, or SPY, BTC-USD"
          spellCheck={false}
          value={form.symbols}
          onChange={(event) => onChange({ symbols: event.target.value })}
        />
      </FormLine>
      <FormLine label="From">
        <input
          type="text"
          className={styles.text}
          aria-label={`From, ${zoneName}`}
          aria-invalid={faultOf('from')}
          placeholder={`the first, or a time in ${zoneName}`}
          spellCheck={false}
          value={form.from}
          onChange={(event) => onChange({ from: event.target.value })}
        />
        <span className={styles.between}>until</span>
        <input
          type="text"
          className={styles.text}
          aria-label={`Until, ${zoneName}`}
          aria-invalid={faultOf('until')}
          placeholder="the last"
          spellCheck={false}
          value={form.until}
          onChange={(event) => onChange({ until: event.target.value })}
        />
      </FormLine>
      <FormLine label="To">
        <input
          type="text"
          className={styles.text}
          aria-label="To"
          aria-invalid={faultOf('out')}
          placeholder={isOneFile(form, profile) ? 'a file or a folder' : 'a folder'}
          spellCheck={false}
          value={form.out}
          onChange={(event) => onChange({ out: event.target.value })}
        />
        <TextButton look="outlined" onClick={() => void browse()}>
          Browse…
        </TextButton>
        <label className={styles.check} title="Files that are there already are replaced">
          <input
            type="checkbox"
            checked={form.overwrite}
            onChange={(event) => onChange({ overwrite: event.target.checked })}
          />
          Replace
        </label>
        <label
          className={styles.check}
          title="Says beside the files how good the bars are, as JSON and as a page"
        >
          <input
            type="checkbox"
            checked={form.qualityReport}
            onChange={(event) => onChange({ qualityReport: event.target.checked })}
          />
          Quality report
        </label>
      </FormLine>
    </>
  );
}
