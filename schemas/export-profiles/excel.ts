import { defineExportProfile } from './define-export-profile.ts';

export const excel = defineExportProfile({
  id: 'excel',
  name: 'Excel',
  doc: 'A workbook with dates that Excel knows, in New York time; rows beyond a sheet go on in the next.',
  format: 'xlsx',
  time: { style: 'timestamp', zone: 'America/New_York' },
});
