import {
  compressions,
  exportFormats,
  formatTraits,
  leanSecurities,
  splits,
  type ExportFormat,
  type ExportProfile,
  type TimeStyle,
} from '#shared/domain/export-profile';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { allZones } from '../../data/zones.ts';
import { useWorkbenchStore } from '../../state/use-workbench.ts';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './exports.module.css';
import { ProfileColumns } from './profile-columns.tsx';

interface ProfileDialogProps {
  readonly profile: ExportProfile;
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

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

/** Changes a profile and saves it in the store. What the store refuses is said beside the button. */
export function ProfileDialog({ profile, isNew, onClose, onSaved }: ProfileDialogProps) {
  const store = useWorkbenchStore();
  const [form, setForm] = useState(profile);
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<ExportProfile>) => {
    setForm({ ...form, ...part });
    setFault(null);
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    const { exports } = store.getState();
    try {
      const saved = await exports.calls.saveProfile({ profile: form });
      await exports.load();
      onSaved(saved.id);
    } catch (error) {
      setFault(problemOf(error).message);
    }
  };
  const traits = formatTraits[form.format];
  const title = isNew ? 'New export profile' : `Export profile ${profile.name}`;
  return (
    <Dialog label={title} onClose={onClose} className={styles.dialog}>
      <DialogHead title={title} onClose={onClose} />
      <form className={styles.dialogForm} onSubmit={(event) => void save(event)}>
        <div className={styles.grid}>
          <Field label="Name">
            <input
              className={styles.text}
              value={form.name}
              data-autofocus
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
          <Field label="Id">
            <input
              className={styles.text}
              value={form.id}
              disabled={!isNew}
              spellCheck={false}
              onChange={(event) => change({ id: event.target.value })}
            />
          </Field>
          <Choice
            label="Format"
            value={form.format}
            options={exportFormats.map((format) => [format, formatTraits[format].title] as const)}
            onChange={(format) => change(fitted(form, format))}
          />
          <Choice
            label="Compression"
            value={form.compression}
            options={compressions
              .filter((each) => traits.compressions.includes(each))
              .map((each) => [each, compressionNames[each]] as const)}
            onChange={(compression) => change({ compression })}
          />
          <Choice
            label="Times as"
            value={form.time.style}
            options={traits.times.map((each) => [each, timeNames[each]] as const)}
            onChange={(style) => change({ time: { ...form.time, style } })}
          />
          <Choice
            label="Zone of times and days"
            value={form.time.zone}
            options={allZones().map((zone) => [zone, zone] as const)}
            onChange={(zone) => change({ time: { ...form.time, zone } })}
          />
          <Choice
            label="Bars of"
            value={form.session}
            options={keysOf(sessionNames).map((each) => [each, sessionNames[each]] as const)}
            onChange={(session) => change({ session })}
          />
          <Field label="Make longer bars of">
            <input
              className={styles.text}
              value={form.resample ?? ''}
              placeholder="as they are, or 5m, 1h, 1d"
              onChange={(event) =>
                change({ resample: event.target.value === '' ? null : event.target.value })
              }
            />
          </Field>
          <Choice
            label="Chart objects as"
            value={form.objects}
            options={[
              ['states', 'They stand'],
              ['events', 'All their events'],
            ]}
            onChange={(objects) => change({ objects })}
          />
          <Choice
            label="Loader"
            value={form.loader}
            options={traits.loaders.map((each) => [each, loaderNames[each]] as const)}
            onChange={(loader) => change({ loader })}
          />
          {traits.canSplit && (
            <Field label="File name">
              <input
                className={styles.text}
                value={form.fileName}
                spellCheck={false}
                onChange={(event) => change({ fileName: event.target.value })}
              />
            </Field>
          )}
          {traits.canSplit && (
            <div className={styles.field} role="group" aria-label="A file for each">
              <span className={styles.fieldLabel}>A file for each</span>
              <span className={styles.checksRow}>
                {splits.map((split) => (
                  <label key={split} className={styles.check}>
                    <input
                      type="checkbox"
                      checked={form.splitBy.includes(split)}
                      onChange={() => change(splitChanged(form, split))}
                    />
                    {splitNames[split]}
                  </label>
                ))}
              </span>
            </div>
          )}
          {form.format === 'lean' && (
            <Choice
              label="Security"
              value={form.lean.security}
              options={leanSecurities.map((each) => [each, securityNames[each]] as const)}
              onChange={(security) => change({ lean: { ...form.lean, security } })}
            />
          )}
          {form.format === 'lean' && (
            <Field label="Market">
              <input
                className={styles.text}
                value={form.lean.market}
                spellCheck={false}
                onChange={(event) => change({ lean: { ...form.lean, market: event.target.value } })}
              />
            </Field>
          )}
        </div>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={form.dictionary}
            onChange={(event) => change({ dictionary: event.target.checked })}
          />
          Put a table of what the columns mean beside the files
        </label>
        {form.format !== 'lean' && (
          <ProfileColumns columns={form.columns} onChange={(columns) => change({ columns })} />
        )}
        <footer className={styles.dialogFoot}>
          {fault !== null && (
            <p role="alert" className={styles.fault}>
              {fault}
            </p>
          )}
          <TextButton onClick={onClose}>Cancel</TextButton>
          <TextButton type="submit" look="primary">
            Save
          </TextButton>
        </footer>
      </form>
    </Dialog>
  );
}

/** A profile in another format keeps what that one can do, and takes its first choice for the rest. */
function fitted(form: ExportProfile, format: ExportFormat): ExportProfile {
  const { times, compressions: known, loaders, canSplit } = formatTraits[format];
  const pick = <T,>(value: T, offered: readonly T[]) =>
    offered.includes(value) ? value : (offered[0] ?? value);
  const split = canSplit ? {} : { splitBy: [], fileName: '{dataset}' };
  return {
    ...form,
    ...split,
    format,
    compression: pick(form.compression, known),
    loader: pick(form.loader, loaders),
    time: { ...form.time, style: pick(form.time.style, times) },
  };
}

/** The name of the files follows: without the split's own part they would all be called alike. */
function splitChanged(form: ExportProfile, split: ExportProfile['splitBy'][number]): Partial<ExportProfile> {
  const isOn = form.splitBy.includes(split);
  const others = form.splitBy.filter((each) => each !== split && (split === 'symbol' || each === 'symbol'));
  const splitBy = splits.filter((each) => others.includes(each) || (each === split && !isOn));
  const kept = splits.reduce(
    (name, each) =>
      splitBy.includes(each) ? name : name.replaceAll(new RegExp(`[_-]?\\{${each}\\}`, 'g'), ''),
    form.fileName,
  );
  const added = splitBy.filter((each) => !kept.includes(`{${each}}`)).map((each) => `_{${each}}`);
  return { splitBy, fileName: `${kept}${added.join('')}` };
}

function keysOf<Key extends string>(names: Readonly<Record<Key, string>>): readonly Key[] {
  return Object.keys(names) as Key[];
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <label className={styles.field}>
      <span className={styles.fieldLabel}>{label}</span>
      {children}
    </label>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
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
