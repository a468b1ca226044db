import { useState } from 'react';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';
import { AuditView } from './audit-view.tsx';
import { HoldsView } from './holds-view.tsx';
import { PoliciesView } from './policies-view.tsx';
import styles from './retention.module.css';
import { TrashView } from './trash-view.tsx';

export const retentionPanel = definePanel({
  id: 'retention',
  title: 'Retention',
  home: 'bottom',
  Component: RetentionPanel,
});

const views = {
  policies: { title: 'Policies', View: PoliciesView },
  holds: { title: 'Holds', View: HoldsView },
  trash: { title: 'Trash', View: TrashView },
  audit: { title: 'Audit', View: AuditView },
} as const;

const names = Object.keys(views) as (keyof typeof views)[];

function RetentionPanel() {
  const [shown, setShown] = useState<keyof typeof views>('policies');
  const { View } = views[shown];
  return (
    <div className={styles.panel}>
      <div role="group" aria-label="Retention" className={styles.views}>
        {names.map((name) => (
          <TextButton key={name} isOn={name === shown} onClick={() => setShown(name)}>
            {views[name].title}
          </TextButton>
        ))}
      </div>
      <div className={table.panel}>
        <View />
      </div>
    </div>
  );
}
