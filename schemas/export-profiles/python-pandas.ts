import { defineExportProfile } from './define-export-profile.ts';

export const pythonPandas = defineExportProfile({
  id: 'python-pandas',
  name: 'Python (pandas)',
  doc: 'Parquet with typed times, and a script that loads it into data frames.',
  format: 'parquet',
  time: { style: 'timestamp', zone: 'UTC' },
  compression: 'snappy',
  loader: 'pandas',
});
