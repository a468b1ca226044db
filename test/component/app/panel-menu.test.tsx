import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { App } from '../../../renderer/app/app.tsx';
import { PanelMenu } from '../../../renderer/app/panel-menu.tsx';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const nothing = () => undefined;
const menuOf = (panel: string) => (
  <PanelMenu request={{ panel, title: 'Inspector', x: 10, y: 10 }} onClose={nothing} />
);

describe('PanelMenu', () => {
  it('takes a panel out into a window of its own', async () => {
    const { fake, store } = await renderOnStore(menuOf('inspector'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open in a new window' }));
    await expect.poll(() => fake.windows).toEqual([{ link: null, panel: 'inspector' }]);
    await expect.poll(() => store.getState().workspace.request).toEqual({ kind: 'hide', panel: 'inspector' });
  });

  it('leaves the chart where it is', async () => {
    const { fake, store } = await renderOnStore(menuOf('chart'));
    fireEvent.click(screen.getByRole('menuitem', { name: 'Open in a new window' }));
    await expect.poll(() => fake.windows).toEqual([{ link: null, panel: 'chart' }]);
    expect(store.getState().workspace.request).toBeNull();
  });

  it('is gone through by arrow keys', async () => {
    await renderOnStore(menuOf('inspector'));
    const items = screen.getAllByRole('menuitem');
    expect(document.activeElement).toBe(items[0]);
    fireEvent.keyDown(items[0]!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(items.at(-1));
    fireEvent.keyDown(items.at(-1)!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(items[0]);
  });
});

describe('App for one panel', () => {
  it('shows that panel alone, and how the window is linked', async () => {
    const { store, rerender } = await renderOnStore(<p />);
    const { window, workspace } = store.getState();
    window.notePurpose({ panel: 'symbols', arrival: null, picture: null, focus: null });
    workspace.noteRestored({ layout: null, search: '', drafts: {}, recentCommands: [] });
    rerender(<App store={store} />);
    expect(screen.getByRole('heading', { name: 'Symbols' })).toBeDefined();
    expect(screen.queryByRole('toolbar')).toBeNull();
    const link = screen.getByRole('button', { name: 'Link with other windows' });
    fireEvent.click(link);
    expect(link.getAttribute('aria-pressed')).toBe('true');
  });

  it('says that it does not know a panel of another version', async () => {
    const { store, rerender } = await renderOnStore(<p />);
    const { window, workspace } = store.getState();
    window.notePurpose({ panel: 'heatmap', arrival: null, picture: null, focus: null });
    workspace.noteRestored({ layout: null, search: '', drafts: {}, recentCommands: [] });
    rerender(<App store={store} />);
    expect(screen.getByText('This version has no such panel')).toBeDefined();
  });
});
