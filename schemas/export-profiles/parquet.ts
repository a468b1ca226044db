import { allBarColumns, allObjectColumns, defineExportProfile } from './define-export-profile.ts';

export const parquet = defineExportProfile({
  id: 'parquet',
  name: 'Parquet',
  doc: 'Every column in the types of the store, compressed with zstd.',
  format: 'parquet',
  columns: { candles: allBarColumns, objects: allObjectColumns },
  time: { style: 'epoch-ms', zone: 'UTC' },
  compression: 'zstd',
  objects: 'events',
});
