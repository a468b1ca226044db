import { counted } from '#shared/counted';
import { compressionIds } from '#shared/domain/compression';
import { nameOfPolicy } from '#shared/domain/retention';
import { calendarIds } from '#shared/domain/session-calendar';
import type { SettingName, StoreSettings } from '#shared/domain/store-settings';
import { colderTiers, type ColderTierId, type TierSettings } from '#shared/domain/tier';
import { useId } from 'react';
import { allZones } from '../../data/zones.ts';
import styles from './settings-panel.module.css';

/** Settings of which there are a few, with what may be chosen. */
const choices: Partial<Record<SettingName, readonly string[]>> = {
  durability: ['EveryWrite', 'BatchedSync', 'NoSync'],
  defaultCalendar: calendarIds,
  compression: compressionIds,
};

const hints: Partial<Record<SettingName, string>> = {
  name: 'the name of its folder',
  rowsPerPart: '1 to 4096',
  trashDays: '0 to 3650',
  backupFolder: 'none',
  calendars: 'SPY us-equity, EURUSD fx',
  home: 'SPY 5m',
  emaPeriods: '9, 21, 50, 200',
  compressionRules: 'candles:1m real-time, objects warm',
};

/** Those that have too many fields for one line: the view of a panel where they are changed. */
export const elsewhere = {
  tiers: { panel: 'storage', view: 'tiers', label: 'Change in Storage…' },
  retention: { panel: 'retention', view: 'policies', label: 'Change in Retention…' },
} as const;

export type TypedSetting = Exclude<SettingName, keyof typeof elsewhere>;

/** A setting as the text of its field, or in a few words where it has more than one. */
export function writeField(name: SettingName, settings: StoreSettings): string {
  switch (name) {
    case 'calendars':
    case 'compressionRules':
      return Object.entries(settings[name])
        .map((pair) => pair.join(' '))
        .join(', ');
    case 'name':
      return settings.name ?? '';
    case 'backupFolder':
      return settings.backupFolder ?? '';
    case 'tiers':
      return colderTiers.map((tier) => tierText(tier, settings.tiers[tier])).join(', ');
    case 'retention':
      return policiesText(settings.retention);
    case 'home':
      return settings.home === undefined ? '' : `${settings.home.symbol} ${settings.home.timeframe}`;
    case 'emaPeriods':
      return settings.emaPeriods.join(', ');
    case 'zone':
    case 'durability':
    case 'rowsPerPart':
    case 'trashDays':
    case 'defaultCalendar':
    case 'compression':
      return String(settings[name]);
  }
}

/** A setting from the text of its field; the store judges the value. */
export function readField(
  name: TypedSetting,
  text: string,
): { readonly value: unknown } | { readonly fault: string } {
  const words = text.trim();
  switch (name) {
    case 'rowsPerPart':
    case 'trashDays':
      return /^\d+$/.test(words) ? { value: Number(words) } : { fault: `${words} is not a whole number` };
    case 'emaPeriods': {
      const periods = listOf(words);
      const wrong = periods.find((period) => !/^\d+$/.test(period));
      return wrong === undefined
        ? { value: periods.map(Number) }
        : { fault: `${wrong} is not a whole number of bars` };
    }
    case 'calendars':
      return readPairs(words, /[\s=:]+/, 'write a symbol and its calendar, such as SPY us-equity');
    case 'compressionRules':
      return readPairs(words, /[\s=]+/, 'write a series and its profile, such as candles:1m real-time');
    case 'home': {
      if (words === '') return { value: null };
      const [symbol, timeframe, ...rest] = words.split(/\s+/);
      return timeframe === undefined || rest.length > 0
        ? { fault: 'Write a symbol and a timeframe, such as SPY 5m' }
        : { value: { symbol, timeframe } };
    }
    case 'name':
    case 'backupFolder':
      return { value: words === '' ? null : words };
    case 'zone':
    case 'durability':
    case 'defaultCalendar':
    case 'compression':
      return { value: words };
  }
}

function readPairs(
  text: string,
  between: RegExp,
  advice: string,
): { readonly value: unknown } | { readonly fault: string } {
  const pairs = listOf(text).map((pair) => pair.split(between));
  const wrong = pairs.find((pair) => pair.length !== 2);
  return wrong === undefined
    ? { value: Object.fromEntries(pairs) as unknown }
    : { fault: `${wrong.join(' ')}: ${advice}` };
}

function listOf(text: string): readonly string[] {
  return text
    .split(/[,\n;]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function tierText(tier: ColderTierId, { isOn, afterDays, profile }: TierSettings): string {
  return isOn ? `${tier} after ${afterDays} d as ${profile}` : `${tier} off`;
}

function policiesText({ policies }: StoreSettings['retention']): string {
  const on = policies.filter(({ isOn }) => isOn);
  if (on.length === 0) return 'everything is kept: no policy is on';
  return `${on.length} of ${counted(policies.length, 'policy', 'policies')} on: ${on.map(nameOfPolicy).join(', ')}`;
}

interface SettingFieldProps {
  readonly id: string;
  readonly name: TypedSetting;
  readonly typed: string;
  readonly isDisabled: boolean;
  readonly isInvalid: boolean;
  readonly describedBy: string;
  readonly onType: (text: string) => void;
  readonly onSave: (text: string) => void;
}

/** A list to choose from, which is kept at once, or a field to type in. */
export function SettingField(props: SettingFieldProps) {
  const { id, name, typed, isDisabled, isInvalid, describedBy, onType, onSave } = props;
  const zones = useId();
  const given = choices[name];
  if (given !== undefined) {
    return (
      <select
        id={id}
        className={styles.field}
        value={typed}
        disabled={isDisabled}
        aria-describedby={describedBy}
        onChange={({ target }) => {
          onType(target.value);
          onSave(target.value);
        }}
      >
        {given.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <>
      <input
        id={id}
        className={styles.field}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={hints[name]}
        list={name === 'zone' ? zones : undefined}
        value={typed}
        disabled={isDisabled}
        aria-invalid={isInvalid}
        aria-describedby={describedBy}
        onChange={({ target }) => onType(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onSave(typed);
        }}
      />
      {name === 'zone' && (
        <datalist id={zones}>
          {allZones().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </>
  );
}
