import { defineExportProfile } from './define-export-profile.ts';

export const csv = defineExportProfile({
  id: 'csv',
  name: 'CSV',
  doc: 'One text table that any program reads, times as ISO-8601 in UTC.',
  format: 'csv',
});
