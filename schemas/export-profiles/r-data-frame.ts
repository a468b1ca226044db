import { defineExportProfile } from './define-export-profile.ts';

export const rDataFrame = defineExportProfile({
  id: 'r-data-frame',
  name: 'R data frame',
  doc: 'CSV and a script that loads it with nothing but what comes with R.',
  format: 'csv',
  loader: 'r',
});
