import type { StorageFilter } from '#shared/ipc';
import { useState } from 'react';
import { usePanelView } from '../../state/use-panel-view.ts';
import { definePanel } from '../define-panel.ts';
import { PanelViews } from '../panel-views.tsx';
import { BackupView } from './backup-view.tsx';
import { CompressionView } from './compression-view.tsx';
import { FilesView } from './files-view.tsx';
import { MapView } from './map-view.tsx';
import { TiersView } from './tiers-view.tsx';

export const storagePanel = definePanel({
  id: 'storage',
  title: 'Storage',
  home: 'bottom',
  Component: StoragePanel,
});

const titles = {
  map: 'Map',
  files: 'Files',
  tiers: 'Tiers',
  compression: 'Compression',
  backup: 'Backup',
} as const;

const views = ['map', 'files', 'tiers', 'compression', 'backup'] as const;

function StoragePanel() {
  const [view, setView] = usePanelView('storage', views);
  const [path, setPath] = useState<readonly string[]>([]);
  const [filter, setFilter] = useState<StorageFilter>({});
  return (
    <PanelViews label="Storage" titles={titles} shown={view} onShow={setView}>
      {view === 'map' && (
        <MapView
          path={path}
          onPath={setPath}
          onFiles={(wanted) => {
            setFilter(wanted);
            setView('files');
          }}
        />
      )}
      {view === 'files' && <FilesView filter={filter} onFilter={setFilter} />}
      {view === 'tiers' && <TiersView />}
      {view === 'compression' && <CompressionView />}
      {view === 'backup' && <BackupView />}
    </PanelViews>
  );
}
