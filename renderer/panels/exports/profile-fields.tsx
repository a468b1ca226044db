import {
  compressions,
  exportFormats,
  formatTraits,
  leanSecurities,
  splits,
  type ExportProfile,
  type TimeStyle,
} from '#shared/domain/export-profile';
import { allZones } from '../../data/zones.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import styles from './exports.module.css';
import { Choice, Line } from './labelled-fields.tsx';
import { fitted, splitChanged } from './profile-changes.ts';

const timeNames: Readonly<Record<TimeStyle, string>> = {
  iso: 'ISO-8601 with the offset',
  'epoch-ms': 'Milliseconds since 1970',
  'epoch-us': 'Microseconds since 1970',
  'epoch-ns': 'Nanoseconds since 1970',
  timestamp: "The format's own type",
};
const sessionNames = {
  all: 'All hours',
  regular: 'Regular hours',
  extended: 'Regular and extended hours',
} as const;
const compressionNames = { none: 'None', gzip: 'gzip', zstd: 'zstd', snappy: 'snappy' } as const;
const loaderNames = { none: 'None', pandas: 'Python (pandas)', r: 'R', psql: 'psql' } as const;
const splitNames = { symbol: 'Symbol', day: 'Day', month: 'Month' } as const;
const securityNames = { equity: 'Equity', crypto: 'Crypto', forex: 'Forex' } as const;

export interface ProfileFieldsProps {
  readonly form: ExportProfile;
  readonly onChange: (part: Partial<ExportProfile>) => void;
}

/** How files are written, as far as the format leaves a choice. */
export function FormatFields({ form, onChange }: ProfileFieldsProps) {
  const traits = formatTraits[form.format];
  return (
    <>
      <Choice
        label="Format"
        value={form.format}
        options={exportFormats.map((format) => [format, formatTraits[format].title] as const)}
        onChange={(format) => onChange(fitted(form, format))}
      />
      <Choice
        label="Compression"
        value={form.compression}
        options={compressions
          .filter((each) => traits.compressions.includes(each))
          .map((each) => [each, compressionNames[each]] as const)}
        onChange={(compression) => onChange({ compression })}
      />
      <Choice
        label="Times as"
        value={form.time.style}
        options={traits.times.map((each) => [each, timeNames[each]] as const)}
        onChange={(style) => onChange({ time: { ...form.time, style } })}
      />
      <Choice
        label="Zone of times and days"
        value={form.time.zone}
        options={allZones().map((zone) => [zone, zone] as const)}
        onChange={(zone) => onChange({ time: { ...form.time, zone } })}
      />
    </>
  );
}

/** Which rows are written, and as what. */
export function RowFields({ form, onChange }: ProfileFieldsProps) {
  return (
    <>
      <Choice
        label="Bars of"
        value={form.session}
        options={keysOf(sessionNames).map((each) => [each, sessionNames[each]] as const)}
        onChange={(session) => onChange({ session })}
      />
      <Line
        label="Make longer bars of"
        value={form.resample ?? ''}
        placeholder="as they are, or 5m, 1h, 1d"
        onChange={(resample) => onChange({ resample: resample === '' ? null : resample })}
      />
      <Choice
        label="Chart objects as"
        value={form.objects}
        options={[
          ['states', 'They stand'],
          ['events', 'All their events'],
        ]}
        onChange={(objects) => onChange({ objects })}
      />
      <Choice
        label="Loader"
        value={form.loader}
        options={formatTraits[form.format].loaders.map((each) => [each, loaderNames[each]] as const)}
        onChange={(loader) => onChange({ loader })}
      />
    </>
  );
}

/** How the files are called, and what has one of its own. */
export function SplitFields({ form, onChange }: ProfileFieldsProps) {
  return (
    <>
      <Line label="File name" value={form.fileName} onChange={(fileName) => onChange({ fileName })} />
      <div className={styles.field} role="group" aria-label="A file for each">
        <span className={styles.fieldLabel}>A file for each</span>
        <span className={styles.checksRow}>
          {splits.map((split) => (
            <CheckBox
              key={split}
              className={styles.check}
              isChecked={form.splitBy.includes(split)}
              onChange={() => onChange(splitChanged(form, split))}
            >
              {splitNames[split]}
            </CheckBox>
          ))}
        </span>
      </div>
    </>
  );
}

/** What Lean has to be told. */
export function LeanFields({ form: { lean }, onChange }: ProfileFieldsProps) {
  return (
    <>
      <Choice
        label="Security"
        value={lean.security}
        options={leanSecurities.map((each) => [each, securityNames[each]] as const)}
        onChange={(security) => onChange({ lean: { ...lean, security } })}
      />
      <Line
        label="Market"
        value={lean.market}
        onChange={(market) => onChange({ lean: { ...lean, market } })}
      />
    </>
  );
}

function keysOf<Key extends string>(names: Readonly<Record<Key, string>>): readonly Key[] {
  return Object.keys(names) as Key[];
}
