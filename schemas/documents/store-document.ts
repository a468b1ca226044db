import { compressionIds } from '#shared/domain/compression';
import { calendarIds } from '#shared/domain/session-calendar';
import { isZone } from '#shared/domain/zone-offsets';
import { z } from 'zod';
import { compressionRules } from './compression-rules.ts';
import { retentionSettings } from './retention-settings.ts';
import { tierSettings } from './tier-settings.ts';

/** Raised when an older Tapedeck would misread or harm a store. See schemas/CHANGELOG.md. */
export const storeFormatVersion = 1;

export const storeSettings = z.object({
  /** IANA zone in which times that come without an offset are read. */
  zone: z.string().refine(isZone, 'is not a time zone of the IANA list').default('UTC'),
  durability: z.enum(['EveryWrite', 'BatchedSync', 'NoSync']).default('EveryWrite'),
  /** Loose rows that make a part be written at once; 1 gives every row a file of its own. */
  rowsPerPart: z.int().min(1).max(4_096).default(256),
  /** Days that replaced files stay in the trash. */
  trashDays: z.int().min(0).max(3_650).default(7),
  /** Where backups go. */
  backupFolder: z
    .string()
    .max(4_096)
    .refine((path) => /^(\/|\\\\|[A-Za-z]:[\\/])/.test(path), 'is not a whole path')
    .optional(),
  /** Session calendar of symbols that are not listed in `calendars`. */
  defaultCalendar: z.enum(calendarIds).default('crypto'),
  /** What the window shows when the store is opened for the first time. */
  home: z.object({ symbol: z.string(), timeframe: z.string() }).optional(),
  /** Averages that are kept up to date in `emas/` as bars are merged; none keeps nothing. */
  emaPeriods: z.array(z.int().min(1).max(1_000)).max(16).default([9, 21, 50, 200]),
  calendars: z.record(z.string(), z.enum(calendarIds)).default({}),
  /** How merged files are compressed, unless a rule says otherwise. */
  compression: z.enum(compressionIds).default('high-volume'),
  compressionRules: compressionRules.default({}),
  /** Where files move as they age. */
  tiers: tierSettings.default(() => tierSettings.parse({})),
  /** What may be removed; nothing is while no policy is on. */
  retention: retentionSettings.default(() => retentionSettings.parse({})),
});

/** What a user may call a store. */
export const storeName = z.string().trim().min(1, 'is empty').max(80, 'is longer than 80 characters');

/** `store.json`: what makes a folder a store. */
export const storeDocument = z.object({
  id: z.string().min(1),
  formatVersion: z.int().min(1),
  createdMs: z.int(),
  name: z.string().optional(),
  isDemo: z.boolean().default(false),
  settings: storeSettings.default(() => storeSettings.parse({})),
});

export type StoreSettingsDocument = z.infer<typeof storeSettings>;
export type StoreDocument = z.infer<typeof storeDocument>;
