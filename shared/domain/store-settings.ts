import type { CompressionId, CompressionRules } from './compression.ts';
import type { RetentionSettings } from './retention.ts';
import type { CalendarId } from './session-calendar.ts';
import type { TiersSettings } from './tier.ts';

/** What can be chosen for a store, as `store.json` holds it. */
export interface StoreSettings {
  /** Absent: that of its folder. */
  readonly name?: string | undefined;
  readonly zone: string;
  readonly durability: 'EveryWrite' | 'BatchedSync' | 'NoSync';
  readonly rowsPerPart: number;
  readonly trashDays: number;
  /** Absolute; absent while there is none. */
  readonly backupFolder?: string | undefined;
  readonly defaultCalendar: CalendarId;
  readonly home?: { readonly symbol: string; readonly timeframe: string } | undefined;
  readonly emaPeriods: readonly number[];
  readonly calendars: Readonly<Record<string, CalendarId>>;
  readonly compression: CompressionId;
  readonly compressionRules: CompressionRules;
  readonly tiers: TiersSettings;
  readonly retention: RetentionSettings;
}

export type SettingName = keyof StoreSettings;

export interface SettingGuide {
  readonly name: SettingName;
  readonly title: string;
  /** What it does, in one sentence. */
  readonly effect: string;
}

/** Every setting, in the order in which it is shown. All of them hold at once: the store is opened anew for that. */
export const settingGuide: readonly SettingGuide[] = [
  {
    name: 'name',
    title: 'Name',
    effect: 'What windows, links and pictures call this store; the name of its folder unless given.',
  },
  {
    name: 'zone',
    title: 'Zone of times without an offset',
    effect:
      'Times that come in without an offset are read by the clocks of this zone; stored rows do not change.',
  },
  {
    name: 'durability',
    title: 'Durability',
    effect:
      'EveryWrite flushes before it acknowledges; BatchedSync flushes every second and NoSync never, so that a power cut may cost the newest rows.',
  },
  {
    name: 'rowsPerPart',
    title: 'Rows a part',
    effect: 'So many loose rows are written to a file at once; 1 gives every row a file of its own.',
  },
  {
    name: 'trashDays',
    title: 'Days in the trash',
    effect:
      'Files that were replaced or retired can be brought back for so long; those in the trash keep their deadline.',
  },
  {
    name: 'backupFolder',
    title: 'Backup folder',
    effect:
      'Where `backup` and its schedule copy the store to: a folder elsewhere, best on another disk; none unless given.',
  },
  {
    name: 'defaultCalendar',
    title: 'Session calendar',
    effect: 'When the market of a symbol is open, unless the symbol has a calendar of its own.',
  },
  {
    name: 'calendars',
    title: 'Calendars of symbols',
    effect: 'Session calendars of symbols that do not follow the one above.',
  },
  {
    name: 'home',
    title: 'First chart',
    effect: 'What a window shows that opens the store for the first time.',
  },
  {
    name: 'emaPeriods',
    title: 'Averages kept up to date',
    effect:
      'Exponential averages over these periods lie in emas/ after every compaction, for bots to go on from.',
  },
  {
    name: 'compression',
    title: 'Compression',
    effect:
      'Merged files are written with this profile from the next compaction on; files that are there stay as they are.',
  },
  {
    name: 'compressionRules',
    title: 'Compression of datasets and timeframes',
    effect: 'Profiles of what is not to be written with the one above; a timeframe goes before its dataset.',
  },
  {
    name: 'tiers',
    title: 'Warm and cold tier',
    effect:
      'Where files lie once they are so old, and how they are compressed there; the next migration goes by it.',
  },
  {
    name: 'retention',
    title: 'Retention',
    effect: 'How long and how much is kept, and what no policy goes beyond; the next dry run goes by it.',
  },
];

export interface ChangedSettings {
  readonly settings: StoreSettings;
  /** Those that differ from before. */
  readonly changed: readonly SettingName[];
}
