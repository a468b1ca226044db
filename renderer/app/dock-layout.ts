import type { DockviewApi, SerializedDockview } from 'dockview-react';
import type { Panel, PanelHome } from '../panels/define-panel.ts';
import { panels } from '../panels/index.ts';

/** Puts the panels where a saved layout has them; where they belong when there is none, or when it makes no sense. */
export function arrange(api: DockviewApi, layout: SerializedDockview | null): void {
  if (layout !== null) {
    try {
      api.fromJSON(layout);
      if (api.panels.length > 0) {
        for (const home of ['left', 'right', 'bottom'] as const) keepReadable(api, home);
        return;
      }
    } catch {
      // Written by a version that had other panels: the usual layout is better than half of one.
    }
  }
  api.clear();
  // What comes last at an edge of the whole area reaches from side to side.
  for (const home of ['middle', 'left', 'right', 'bottom'] as const) {
    for (const panel of panels.filter((each) => each.home === home)) add(api, panel);
  }
  // Each panel that is added takes its share from those before it, so sizes are given at the end.
  for (const home of ['bottom', 'left', 'right'] as const) giveSize(api, home);
  for (const home of ['bottom', 'right', 'left', 'middle'] as const) {
    const first = panels.find((each) => each.home === home);
    if (first !== undefined) api.getPanel(first.id)?.api.setActive();
  }
}

/** Opens a panel where it belongs, brings it to the front, or closes it. */
export function openPanel(api: DockviewApi, id: string, kind: 'show' | 'hide'): void {
  const open = api.getPanel(id);
  const panel = panels.find((each) => each.id === id);
  if (panel === undefined) return;
  if (kind === 'hide') {
    if (open !== undefined) closePanel(api, id);
    return;
  }
  if (open === undefined) add(api, panel);
  api.getPanel(id)?.api.setActive();
}

/** Closes a panel. The chart takes the room that it leaves, and the other panels keep theirs. */
export function closePanel(api: DockviewApi, id: string): void {
  const panel = api.getPanel(id);
  if (panel === undefined) return;
  const others = (['left', 'right', 'bottom'] as const).flatMap((home) => {
    const first = panels.find((each) => each.home === home && each.id !== id && api.getPanel(each.id));
    const group = first === undefined ? undefined : api.getPanel(first.id)?.group;
    return first === undefined || group === undefined
      ? []
      : [{ first, size: home === 'bottom' ? { height: group.height } : { width: group.width } }];
  });
  api.removePanel(panel);
  for (const { first, size } of others) api.getPanel(first.id)?.api.setSize(size);
}

function add(api: DockviewApi, { id, title, home }: Panel): void {
  const isThere = (each: Panel) => each.id !== id && api.getPanel(each.id) !== undefined;
  const neighbour = panels.find((each) => each.home === home && isThere(each));
  api.addPanel({
    id,
    component: id,
    title,
    position:
      neighbour === undefined
        ? { direction: sides[home] }
        : { referencePanel: neighbour.id, direction: 'within' },
  });
  if (neighbour === undefined) giveSize(api, home);
}

function giveSize(api: DockviewApi, home: PanelHome): void {
  if (home === 'middle') return;
  const first = panels.find((each) => each.home === home && api.getPanel(each.id) !== undefined);
  const size = sizes(api.height)[home];
  if (first !== undefined) api.getPanel(first.id)?.api.setSize(size);
  keepReadable(api, home);
}

/** A smaller window takes its room from the chart before it takes it from the panels beside it. */
function keepReadable(api: DockviewApi, home: Exclude<PanelHome, 'middle'>): void {
  const first = panels.find((each) => each.home === home && api.getPanel(each.id) !== undefined);
  if (first !== undefined) api.getPanel(first.id)?.group.api.setConstraints(smallest[home]);
}

const smallest = {
  left: { minimumWidth: 200 },
  right: { minimumWidth: 240 },
  bottom: { minimumHeight: 110 },
} as const;

const sides: Readonly<Record<PanelHome, 'left' | 'right' | 'below'>> = {
  left: 'left',
  middle: 'right',
  right: 'right',
  bottom: 'below',
};

function sizes(
  height: number,
): Readonly<Record<Exclude<PanelHome, 'middle'>, { width: number } | { height: number }>> {
  return {
    left: { width: 220 },
    right: { width: 300 },
    bottom: { height: Math.min(220, Math.round(height * 0.32)) },
  };
}
