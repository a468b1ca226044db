// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, expect, it } from 'vitest';
import { PanelFrame } from '../../../renderer/app/panel-frame.tsx';
import type { Panel } from '../../../renderer/panels/define-panel.ts';

afterEach(cleanup);

/** A panel that says when it begins and when it rests, behind a tab that can be brought to the front. */
function setup(goesOnHidden = false) {
  const log: string[] = [];
  function Component() {
    useEffect(() => {
      log.push('begins');
      return () => void log.push('rests');
    }, []);
    return <input aria-label="Typed" />;
  }
  const listeners = new Set<() => void>();
  const tab = { isVisible: false };
  const api = {
    get isVisible() {
      return tab.isVisible;
    },
    onDidVisibilityChange: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  const panel: Panel = { id: 'shown', title: 'Shown', home: 'bottom', goesOnHidden, Component };
  render(<PanelFrame panel={panel} api={api as never} />);
  const bring = (isVisible: boolean) =>
    act(() => {
      tab.isVisible = isVisible;
      for (const listener of listeners) listener();
    });
  return { log, bring };
}

it('begins when its tab is first in front', () => {
  const { log, bring } = setup();
  expect(screen.queryByLabelText('Typed')).toBeNull();
  bring(true);
  expect(log).toEqual(['begins']);
});

it('rests behind another tab, and has what was typed when it is back', () => {
  const { log, bring } = setup();
  bring(true);
  screen.getByLabelText<HTMLInputElement>('Typed').value = 'kept';
  bring(false);
  expect(log).toEqual(['begins', 'rests']);
  bring(true);
  expect(log).toEqual(['begins', 'rests', 'begins']);
  expect(screen.getByLabelText<HTMLInputElement>('Typed').value).toBe('kept');
});

it('goes on behind another tab where that is its nature', () => {
  const { log, bring } = setup(true);
  bring(true);
  bring(false);
  expect(log).toEqual(['begins']);
});
