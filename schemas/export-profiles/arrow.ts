import { defineExportProfile } from './define-export-profile.ts';

export const arrow = defineExportProfile({
  id: 'arrow',
  name: 'Arrow IPC',
  doc: 'An Arrow file with typed times, for programs that map it into memory.',
  format: 'arrow',
  time: { style: 'timestamp', zone: 'UTC' },
});
