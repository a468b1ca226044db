import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../renderer/app/all-commands.ts';
import { findCommands } from '../../../renderer/app/find-commands.ts';
import { fixedCommands } from '../../../renderer/state/commands/index.ts';
import { showSymbol } from '../../../renderer/state/show-series.ts';
import { linkedWorkbench } from '../../helpers/linked-workbench.ts';

async function setup() {
  const { state, store, settled } = await linkedWorkbench();
  showSymbol(store, 'SPY');
  await settled();
  const commands = allCommands(state());
  return {
    commands,
    found: (typed: string, recent: readonly string[] = []) =>
      findCommands(commands, typed, recent).flatMap((group) => group.commands.map(({ id }) => id)),
  };
}

describe('commands', () => {
  it('have ids and titles of their own', async () => {
    const { commands } = await setup();
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    const titles = commands.map(({ section, title }) => `${section}: ${title}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('bind no key twice where both would hold', () => {
    const bound = fixedCommands.flatMap(({ shortcuts = [] }) => shortcuts.map(({ keys }) => keys));
    expect(new Set(bound).size).toBe(bound.length);
  });
});

describe('findCommands', () => {
  it('offers the recent ones first, then all by section', async () => {
    const { commands, found } = await setup();
    const ids = found('', ['colours.light', 'gone']);
    expect(ids[0]).toBe('colours.light');
    expect(new Set(ids).size).toBe(commands.length);
  });

  it.each([
    ['SPY', 'symbol.show.SPY'],
    ['15m', 'timeframe.show.15m'],
    ['zones', 'layer.zone'],
    ['tokyo', 'time.zone.Asia/Tokyo'],
    ['ema 50', 'indicator.add.ema-50'],
    ['light', 'colours.light'],
    ['red up', 'colours.candles.red-up'],
    ['compare btc', 'compare.with.BTC'],
    ['replay', 'replay.toggle'],
    ['go date', 'chart.go-to-date'],
    ['inspector', 'panel.show.inspector'],
    ['new window', 'window.new'],
    ['screenshot', 'share.copy-image'],
    ['keyboard', 'help.shortcuts'],
  ])('finds by %j', async (typed, id) => {
    const { found } = await setup();
    expect(found(typed).slice(0, 4)).toContain(id);
  });

  it('finds nothing for what nothing is called', async () => {
    const { found } = await setup();
    expect(found('qqxz')).toEqual([]);
  });
});
