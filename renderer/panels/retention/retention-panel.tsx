import { usePanelView } from '../../state/use-panel-view.ts';
import { definePanel } from '../define-panel.ts';
import { PanelViews } from '../panel-views.tsx';
import table from '../table.module.css';
import { AuditView } from './audit-view.tsx';
import { HoldsView } from './holds-view.tsx';
import { PoliciesView } from './policies-view.tsx';
import { TrashView } from './trash-view.tsx';

export const retentionPanel = definePanel({
  id: 'retention',
  title: 'Retention',
  home: 'bottom',
  Component: RetentionPanel,
});

const titles = { policies: 'Policies', holds: 'Holds', trash: 'Trash', audit: 'Audit' } as const;

const views = ['policies', 'holds', 'trash', 'audit'] as const;

function RetentionPanel() {
  const [view, setView] = usePanelView('retention', views);
  return (
    <PanelViews label="Retention" titles={titles} shown={view} onShow={setView}>
      <div className={table.panel}>
        {view === 'policies' && <PoliciesView />}
        {view === 'holds' && <HoldsView />}
        {view === 'trash' && <TrashView />}
        {view === 'audit' && <AuditView />}
      </div>
    </PanelViews>
  );
}
