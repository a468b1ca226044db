import {
  DockviewReact,
  type DockviewApi,
  type DockviewReadyEvent,
  type IDockviewPanelProps,
  type SerializedDockview,
} from 'dockview-react';
import {
  useCallback,
  useEffect,
  useState,
  type FunctionComponent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { panels } from '../panels/index.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import './dock.css';
import { arrange, closePanel, openPanel } from './dock-layout.ts';
import { DockTab } from './dock-tab.tsx';
import { GroupMenuButton } from './group-menu-button.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { PanelMenu, type PanelMenuRequest } from './panel-menu.tsx';

const components: Record<string, FunctionComponent<IDockviewPanelProps>> = Object.fromEntries(
  panels.map((panel) => [
    panel.id,
    function FramedPanel({ api }: IDockviewPanelProps) {
      return <PanelFrame panel={panel} api={api} />;
    },
  ]),
);

const theme = { name: 'tapedeck', className: 'dockview-theme-tapedeck' } as const;

/** The panels, where the user put them. */
export function Dock() {
  const store = useWorkbenchStore();
  const [api, setApi] = useState<DockviewApi | null>(null);
  const [menu, setMenu] = useState<PanelMenuRequest | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const request = useWorkbench((state) => state.workspace.request);

  const onReady = useCallback(
    ({ api: ready }: DockviewReadyEvent) => {
      arrange(ready, store.getState().workspace.layout as SerializedDockview | null);
      setApi(ready);
    },
    [store],
  );

  useEffect(() => {
    if (api === null) return undefined;
    const note = () => {
      store.getState().workspace.setLayout(api.toJSON());
      store.getState().workspace.noteOpenPanels(api.panels.map(({ id }) => id));
      noteVisible();
    };
    const noteVisible = () => {
      const visible = api.panels.filter((panel) => panel.api.isVisible).map(({ id }) => id);
      store.getState().workspace.noteVisiblePanels(visible);
    };
    note();
    const subscriptions = [api.onDidLayoutChange(note), api.onDidActivePanelChange(noteVisible)];
    return () => {
      for (const subscription of subscriptions) subscription.dispose();
    };
  }, [api, store]);

  useEffect(() => {
    if (api === null || request === null) return;
    if (request.kind === 'search' || request.kind === 'list-bars') {
      // The panel itself takes the request on once it is there.
      openPanel(api, request.kind === 'search' ? 'symbols' : 'bars', 'show');
      return;
    }
    if (request.kind === 'arrange') arrange(api, request.panels as SerializedDockview | null);
    else openPanel(api, request.panel, request.kind);
    store.getState().workspace.noteDone(request);
  }, [api, request, store]);

  const closeByKey = (event: KeyboardEvent) => {
    const tab = event.key === 'Delete' ? (event.target as Element).closest('[data-tab-panel-id]') : null;
    const panel = api?.getPanel(tab?.getAttribute('data-tab-panel-id') ?? '');
    if (panel !== undefined && api !== null) closePanel(api, panel.id);
  };

  const askForMenu = (event: MouseEvent) => {
    const target = event.target as Element;
    const tab = target.closest('[data-tab-panel-id]');
    const isChart = target.closest('[aria-roledescription="chart"]') !== null;
    const panel = api?.getPanel(isChart ? 'chart' : (tab?.getAttribute('data-tab-panel-id') ?? ''));
    if (panel === undefined) return;
    event.preventDefault();
    setMenu({ panel: panel.id, title: panel.title ?? panel.id, x: event.clientX, y: event.clientY });
  };

  return (
    <div className="dock" onKeyDown={closeByKey} onContextMenu={askForMenu}>
      <DockviewReact
        components={components}
        defaultTabComponent={DockTab}
        onReady={onReady}
        theme={theme}
        rightHeaderActionsComponent={GroupMenuButton}
        disableFloatingGroups
      />
      {menu !== null && <PanelMenu request={menu} onClose={closeMenu} />}
    </div>
  );
}
