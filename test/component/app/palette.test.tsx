import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { act } from 'react';
import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { afterEach, describe, expect, it } from 'vitest';
import { About } from '../../../renderer/app/about.tsx';
import { CommandKeys } from '../../../renderer/app/command-keys.tsx';
import { LayoutsMenu } from '../../../renderer/app/layouts-menu.tsx';
import { Palette } from '../../../renderer/app/palette.tsx';
import { ShortcutSheet } from '../../../renderer/app/shortcut-sheet.tsx';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const series = [{ symbol: 'SPY', bars: new Map([[parseTimeframe('5m')!, evenBars(100, 5 * MINUTE)]]) }];

async function setup() {
  const rendered = await renderOnStore(
    <>
      <input aria-label="A field" />
      <Palette />
      <ShortcutSheet />
      <About />
      <LayoutsMenu />
      <CommandKeys />
    </>,
    { series },
  );
  return { ...rendered, state: rendered.store.getState };
}

const press = (key: string, held: object = {}) =>
  fireEvent.keyDown(document.activeElement!, { key, ...held });
const palette = () => screen.getByRole('combobox', { name: 'Find a command' });
const type = (text: string) => fireEvent.change(palette(), { target: { value: text } });

describe('Palette', () => {
  it('opens by its key, also while something is typed, and gives the focus back', async () => {
    await setup();
    const field = screen.getByRole('textbox', { name: 'A field' });
    field.focus();
    press('k', { ctrlKey: true });
    // At once: the next key may come before any timer.
    expect(document.activeElement).toBe(palette());
    press('Escape');
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(document.activeElement).toBe(field);
  });

  it('runs what is found by keys alone, and offers it first the next time', async () => {
    const { state } = await setup();
    press('k', { ctrlKey: true });
    type('light theme');
    press('Enter');
    expect(state().settings.theme).toBe('light');
    press('k', { ctrlKey: true });
    const recent = within(screen.getByRole('group', { name: 'Recent' }));
    expect(recent.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      'Light themeColours',
    ]);
  });

  it('goes round the list by arrow keys', async () => {
    await setup();
    press('k', { ctrlKey: true });
    type('ema');
    const selected = () => screen.getByRole('option', { selected: true }).textContent;
    const first = selected();
    press('ArrowDown');
    expect(selected()).not.toBe(first);
    press('ArrowUp');
    press('ArrowUp');
    expect(selected()).toBe(screen.getAllByRole('option').at(-1)!.textContent);
  });

  it('says that nothing is called that', async () => {
    await setup();
    press('k', { ctrlKey: true });
    type('qqxz');
    expect(screen.getByText('Nothing is called that')).toBeDefined();
  });
});

describe('CommandKeys', () => {
  it('leaves the keys of a text field alone', async () => {
    await setup();
    screen.getByRole('textbox', { name: 'A field' }).focus();
    press('?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('ShortcutSheet', () => {
  it('lists every key by section', async () => {
    await setup();
    press('?', { shiftKey: true });
    const help = within(within(screen.getByRole('dialog')).getByRole('region', { name: 'Help' }));
    expect(help.getByText('Find a command').closest('div')?.textContent).toBe('Find a commandCtrlK');
  });
});

describe('About', () => {
  it('names the version, the store, and the licences of what is in it', async () => {
    const { state } = await setup();
    act(() => state().overlay.show('about'));
    const about = within(screen.getByRole('dialog', { name: 'About Tapedeck' }));
    expect(about.getByText('/fake')).toBeDefined();
    expect(about.getByText(/TradingView Lightweight Charts/)).toBeDefined();
    expect(about.getByRole('row', { name: /^lightweight-charts .*Apache-2\.0$/ })).toBeDefined();
    expect(about.getByRole('row', { name: /^@duckdb\/node-api .*MIT$/ })).toBeDefined();
  });
});

describe('LayoutsMenu', () => {
  const name = (text: string) =>
    fireEvent.change(screen.getByRole('textbox', { name: 'Name of the layout' }), {
      target: { value: text },
    });
  const click = (button: string) => fireEvent.click(screen.getByRole('button', { name: button }));

  it('saves, renames and deletes', async () => {
    const { state } = await setup();
    act(() => state().overlay.show('layouts'));
    name('Day');
    click('Save');
    const names = () => state().layouts.list.map((layout) => layout.name);
    expect(names()).toEqual(['Day']);
    click('Rename Day');
    fireEvent.change(screen.getByRole('textbox', { name: 'New name of Day' }), {
      target: { value: 'Night' },
    });
    click('Rename');
    expect(names()).toEqual(['Night']);
    click('Delete Night');
    click('Keep');
    expect(names()).toEqual(['Night']);
    click('Delete Night');
    click('Delete');
    expect(names()).toEqual([]);
  });

  it('says that a name is there already, and replaces what has it', async () => {
    const { state } = await setup();
    act(() => state().overlay.show('layouts'));
    name('Day');
    click('Save');
    act(() => state().settings.change({ hasVolume: false }));
    name('Day');
    click('Replace');
    expect(state().layouts.list).toMatchObject([{ name: 'Day', settings: { hasVolume: false } }]);
  });
});
