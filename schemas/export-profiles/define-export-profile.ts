import type { ExportColumn, ExportProfile } from '#shared/domain/export-profile';
import { candles } from '../datasets/candles.ts';
import { objects } from '../datasets/objects.ts';

type Needed = 'id' | 'name' | 'doc' | 'format';

/** A profile that comes with the product: all that is not said is as most people want it. */
export function defineExportProfile(
  profile: Pick<ExportProfile, Needed> & Partial<Omit<ExportProfile, Needed>>,
): ExportProfile {
  return {
    columns: { candles: barColumns, objects: objectColumns },
    time: { style: 'iso', zone: 'UTC' },
    session: 'all',
    resample: null,
    splitBy: [],
    fileName: '{dataset}',
    compression: 'none',
    objects: 'states',
    loader: 'none',
    dictionary: true,
    lean: { security: 'equity', market: 'usa' },
    ...profile,
  };
}

/** Columns under their own names. */
export function named(...names: readonly string[]): readonly ExportColumn[] {
  return names.map((name) => ({ from: name, as: name }));
}

export const barColumns = named('symbol', 'timeframe', 'ts', 'open', 'high', 'low', 'close', 'volume');

/** What the store adds for itself is left out: the instant is written once, in the profile's own way. */
const ownColumns: readonly string[] = ['event_ts_iso', 'schema_version'];
export const objectColumns = named(
  ...Object.keys(objects.columns).filter((name) => !ownColumns.includes(name)),
);

/** Every column of the bars, the store's own with them. */
export const allBarColumns = named(...Object.keys(candles.columns));
export const allObjectColumns = named(...Object.keys(objects.columns));
