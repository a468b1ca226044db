import { barsPanel } from './bars/bars-panel.tsx';
import { chartPanel } from './chart/chart-panel.tsx';
import { compactionPanel } from './compaction/compaction-panel.tsx';
import type { Panel } from './define-panel.ts';
import { exportsPanel } from './exports/exports-panel.tsx';
import { healthPanel } from './health/health-panel.tsx';
import { inspectorPanel } from './inspector/inspector-panel.tsx';
import { jobsPanel } from './jobs/jobs-panel.tsx';
import { journalPanel } from './journal/journal-panel.tsx';
import { objectsPanel } from './objects/objects-panel.tsx';
import { qualityPanel } from './quality/quality-panel.tsx';
import { retentionPanel } from './retention/retention-panel.tsx';
import { schedulesPanel } from './schedules/schedules-panel.tsx';
import { settingsPanel } from './settings/settings-panel.tsx';
import { sqlPanel } from './sql/sql-panel.tsx';
import { storagePanel } from './storage/storage-panel.tsx';
import { symbolsPanel } from './symbols/symbols-panel.tsx';

/** Every panel, in menu order. */
export const panels: readonly Panel[] = [
  chartPanel,
  symbolsPanel,
  inspectorPanel,
  objectsPanel,
  barsPanel,
  journalPanel,
  jobsPanel,
  compactionPanel,
  exportsPanel,
  qualityPanel,
  retentionPanel,
  storagePanel,
  schedulesPanel,
  healthPanel,
  settingsPanel,
  sqlPanel,
];
