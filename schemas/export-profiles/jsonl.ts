import { defineExportProfile } from './define-export-profile.ts';

export const jsonl = defineExportProfile({
  id: 'jsonl',
  name: 'JSON lines',
  doc: 'One JSON object a line, as the store itself takes them in: times are ms since 1970.',
  format: 'jsonl',
  time: { style: 'epoch-ms', zone: 'UTC' },
  objects: 'events',
});
