import type { IDockviewPanelProps } from 'dockview-react';
import { Activity, useCallback, useState, useSyncExternalStore } from 'react';
import type { Panel } from '../panels/define-panel.ts';
import { ErrorScreen } from './error-screen.tsx';

export interface PanelFrameProps {
  readonly panel: Panel;
  readonly api: Pick<IDockviewPanelProps['api'], 'isVisible' | 'onDidVisibilityChange'>;
}

/**
 * A panel in the dock. It begins when its tab is first in front, and rests while another one is: what nobody sees asks
 * the store for nothing and is not rendered again. What was typed and chosen in it stays.
 */
export function PanelFrame({ panel: { Component, goesOnHidden = false }, api }: PanelFrameProps) {
  const isVisible = useIsVisible(api);
  const [hasBegun, setHasBegun] = useState(isVisible);
  if (isVisible && !hasBegun) setHasBegun(true);
  if (!hasBegun) return null;
  return (
    <Activity mode={isVisible || goesOnHidden ? 'visible' : 'hidden'}>
      <ErrorScreen>
        <div className="panel-frame">
          <Component />
        </div>
      </ErrorScreen>
    </Activity>
  );
}

/** The dock keeps the panels of all its tabs. */
function useIsVisible(api: PanelFrameProps['api']): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const subscription = api.onDidVisibilityChange(onChange);
      return () => subscription.dispose();
    },
    [api],
  );
  return useSyncExternalStore(subscribe, () => api.isVisible);
}
