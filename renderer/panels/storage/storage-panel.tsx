import type { StorageFilter } from '#shared/ipc';
import { useState } from 'react';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { CompressionView } from './compression-view.tsx';
import { FilesView } from './files-view.tsx';
import { MapView } from './map-view.tsx';
import styles from './storage.module.css';
import { TiersView } from './tiers-view.tsx';

export const storagePanel = definePanel({
  id: 'storage',
  title: 'Storage',
  home: 'bottom',
  Component: StoragePanel,
});

const views = ['Map', 'Files', 'Tiers', 'Compression'] as const;

type View = (typeof views)[number];

function StoragePanel() {
  const [view, setView] = useState<View>('Map');
  const [path, setPath] = useState<readonly string[]>([]);
  const [filter, setFilter] = useState<StorageFilter>({});
  return (
    <div className={styles.panel}>
      <div role="group" aria-label="Storage" className={styles.views}>
        {views.map((name) => (
          <TextButton key={name} isOn={name === view} onClick={() => setView(name)}>
            {name}
          </TextButton>
        ))}
      </div>
      <div className={styles.view}>
        {view === 'Map' && (
          <MapView
            path={path}
            onPath={setPath}
            onFiles={(wanted) => {
              setFilter(wanted);
              setView('Files');
            }}
          />
        )}
        {view === 'Files' && <FilesView filter={filter} onFilter={setFilter} />}
        {view === 'Tiers' && <TiersView />}
        {view === 'Compression' && <CompressionView />}
      </div>
    </div>
  );
}
