import { exportDatasets, type ExportDataset, type ExportProfile } from '#shared/domain/export-profile';
import { compareTimeframes } from '#shared/domain/timeframe';
import { useMemo, useState } from 'react';
import { exportFileName, isOneFile, type ExportForm, type ReadRequest } from '../../data/export-form.ts';
import { timeframesOf } from '../../data/timeframes.ts';
import { zoneNameAt } from '../../format/time.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { FormLine } from '../../ui/form-line.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
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
  const isWrong = (field: keyof ExportForm) => !reading.ok && reading.field === field;
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
  const timeField = (field: 'from' | 'until', label: string, placeholder: string) => (
    <TextField
      className={styles.text}
      label={`${label}, ${zoneName}`}
      isInvalid={isWrong(field)}
      placeholder={placeholder}
      value={form[field]}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
  return (
    <>
      <FormLine label="Data">
        {exportDatasets.map((dataset) => (
          <CheckBox
            key={dataset}
            className={styles.check}
            isChecked={form.datasets.includes(dataset)}
            isDisabled={profile.columns[dataset].length === 0 && !form.datasets.includes(dataset)}
            onChange={() => toggle(dataset)}
          >
            {datasetNames[dataset]}
          </CheckBox>
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
        <TextField
          className={styles.text}
          label="Symbols"
          placeholder="all symbols, or SPY, BTC-USD"
          value={form.symbols}
          onChange={(symbols) => onChange({ symbols })}
        />
      </FormLine>
      <FormLine label="From">
        {timeField('from', 'From', `the first, or a time in ${zoneName}`)}
        <span className={styles.between}>until</span>
        {timeField('until', 'Until', 'the last')}
      </FormLine>
      <FormLine label="To">
        <TextField
          className={styles.text}
          label="To"
          isInvalid={isWrong('out')}
          placeholder={isOneFile(form, profile) ? 'a file or a folder' : 'a folder'}
          value={form.out}
          onChange={(out) => onChange({ out })}
        />
        <TextButton look="outlined" onClick={() => void browse()}>
          Browse…
        </TextButton>
        <CheckBox
          className={styles.check}
          title="Files that are there already are replaced"
          isChecked={form.overwrite}
          onChange={(overwrite) => onChange({ overwrite })}
        >
          Replace
        </CheckBox>
        <CheckBox
          className={styles.check}
          title="Says beside the files how good the bars are, as JSON and as a page"
          isChecked={form.qualityReport}
          onChange={(qualityReport) => onChange({ qualityReport })}
        >
          Quality report
        </CheckBox>
      </FormLine>
    </>
  );
}
