import { defineExportProfile } from './define-export-profile.ts';

export const postgresql = defineExportProfile({
  id: 'postgresql',
  name: 'PostgreSQL',
  doc: 'Tables, COPY files and a script that loads an empty database; hypertables where TimescaleDB is installed.',
  format: 'postgresql',
  time: { style: 'timestamp', zone: 'UTC' },
  loader: 'psql',
});
