import { describe, expect, it } from 'vitest';
import { keepLayouts } from '../../../../renderer/app/keep-layouts.ts';
import { openLayout, saveLayout } from '../../../../renderer/state/commands/layout-commands.ts';
import { linkedWorkbench } from '../../../helpers/linked-workbench.ts';

async function setup(layouts: string | null = null) {
  const { fake, store, client, state } = await linkedWorkbench([], { layouts });
  await keepLayouts(store, client);
  return {
    fake,
    store,
    state,
    names: () => state().layouts.list.map(({ name }) => name),
    saved: () => JSON.parse(fake.layoutSaves.at(-1) ?? 'null') as { name: string }[] | null,
  };
}

const named = (...names: readonly string[]) => JSON.stringify(names.map((name) => ({ name })));

describe('keepLayouts', () => {
  it('reads the layouts that were saved, and saves nothing for that', async () => {
    const { names, saved } = await setup(named('Swing', 'Day'));
    expect(names()).toEqual(['Day', 'Swing']);
    expect(saved()).toBeNull();
  });

  it('saves each change at once', async () => {
    const { store, state, saved } = await setup(named('Day'));
    saveLayout(store, 'Swing');
    expect(saved()).toMatchObject([{ name: 'Day' }, { name: 'Swing' }]);
    state().layouts.rename('Day', 'Scalp');
    expect(saved()).toMatchObject([{ name: 'Scalp' }, { name: 'Swing' }]);
    state().layouts.remove('Swing');
    expect(saved()).toMatchObject([{ name: 'Scalp' }]);
  });

  it('keeps a layout from taking the name of another one', async () => {
    const { state, names } = await setup(named('Day', 'Swing'));
    state().layouts.rename('Day', 'Swing');
    expect(names()).toEqual(['Day', 'Swing']);
  });

  it('takes over what another window saved, without saving it again', async () => {
    const { fake, names, saved } = await setup(named('Day'));
    fake.emit('layouts.changed', { text: named('Night') });
    expect(names()).toEqual(['Night']);
    expect(saved()).toBeNull();
  });

  it('says why layouts could not be saved', async () => {
    const { fake, store, state } = await setup();
    const { WorkbenchError } = await import('#shared/errors');
    fake.failWith(new WorkbenchError('disk-full', 'no room'));
    saveLayout(store, 'Day');
    await expect.poll(() => state().window.notice).toMatchObject({ tone: 'bad' });
  });
});

describe('openLayout', () => {
  it('brings panels, indicators and layers back, and leaves colours and the zone', async () => {
    const { store, state } = await setup();
    state().workspace.setLayout({ grid: 'two rows' });
    state().settings.change({ hasVolume: false, priceScale: 'log' });
    saveLayout(store, 'Day');
    state().settings.change({ hasVolume: true, priceScale: 'linear', theme: 'light', zone: 'UTC' });
    openLayout(store, state().layouts.list[0]!);
    expect(state().settings).toMatchObject({
      hasVolume: false,
      priceScale: 'log',
      theme: 'light',
      zone: 'UTC',
    });
    expect(state().workspace.request).toEqual({ kind: 'arrange', panels: { grid: 'two rows' } });
  });
});
