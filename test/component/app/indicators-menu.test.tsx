import { parseTimeframe } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { CompareMenu } from '../../../renderer/app/compare-menu.tsx';
import { IndicatorsMenu } from '../../../renderer/app/indicators-menu.tsx';
import { Toolbar } from '../../../renderer/app/toolbar.tsx';
import { indicatorName } from '../../../renderer/data/indicator-setting.ts';
import { StudyLegend } from '../../../renderer/panels/chart/study-legend.tsx';
import { showSymbol } from '../../../renderer/state/show-series.ts';
import { evenBars } from '../../helpers/flat-bars.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

const start = Date.UTC(2025, 8, 2);
const five = parseTimeframe('5m')!;
const series = ['SPY', 'BTC', 'EURUSD'].map((symbol) => ({
  symbol,
  bars: new Map([[five, evenBars(30, 5 * MINUTE, start)]]),
}));

async function setup(
  content = (
    <>
      <IndicatorsMenu />
      <CompareMenu />
      <StudyLegend />
    </>
  ),
) {
  const rendered = await renderOnStore(content, { series });
  const { store } = rendered;
  await act(async () => {
    showSymbol(store, 'SPY');
    await expect.poll(() => store.getState().chart.window).not.toBe(null);
  });
  const settings = () => store.getState().settings;
  return {
    settings,
    names: () => settings().indicators.map(({ indicator }) => indicatorName(indicator)),
  };
}

const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const openIndicators = async () => {
  await press(/Indicators/);
  return screen.findByRole('region', { name: 'Add' });
};

describe('the indicators menu', () => {
  it('adds indicators, several averages among them, each in a colour of its own', async () => {
    const { names, settings } = await setup();
    const add = await openIndicators();
    for (const name of ['EMA 9', 'EMA 21', /RSI/, /MACD/])
      fireEvent.click(within(add).getByRole('button', { name }));
    expect(names()).toEqual(['EMA 9', 'EMA 21', 'RSI 14', 'MACD 12 26 9']);
    expect(new Set(settings().indicators.map(({ colour }) => colour)).size).toBe(4);
  });

  it('takes an average over any number of bars, and says in place what is none', async () => {
    const { names } = await setup();
    await openIndicators();
    await press('EMA…');
    const field = await screen.findByRole('textbox', { name: 'Period' });
    fireEvent.change(field, { target: { value: '34' } });
    expect(names()).toEqual(['EMA 34']);
    fireEvent.change(field, { target: { value: '0' } });
    expect(screen.getByRole('alert').textContent).toBe('Period must be from 1 to 500');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    fireEvent.change(field, { target: { value: 'x' } });
    expect(names()).toEqual(['EMA 34']);
    fireEvent.change(field, { target: { value: '55' } });
    expect(screen.queryByRole('alert')).toBe(null);
    expect(names()).toEqual(['EMA 55']);
  });

  it('steps a parameter by arrow keys, within its limits', async () => {
    const { names } = await setup();
    await openIndicators();
    await press('EMA…');
    const field = await screen.findByRole('textbox', { name: 'Period' });
    fireEvent.change(field, { target: { value: '2' } });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(names()).toEqual(['EMA 1']);
  });

  it('refuses a fast average that is not faster', async () => {
    const { names } = await setup();
    fireEvent.click(within(await openIndicators()).getByRole('button', { name: /MACD/ }));
    const list = await screen.findByRole('region', { name: 'On the chart' });
    fireEvent.click(within(list).getByRole('button', { name: 'Change MACD 12 26 9' }));
    fireEvent.change(await screen.findByRole('textbox', { name: 'Fast' }), { target: { value: '40' } });
    expect(screen.getByRole('alert').textContent).toBe('Fast must be shorter than slow');
    fireEvent.change(screen.getByRole('textbox', { name: 'Slow' }), { target: { value: '60' } });
    expect(names()).toEqual(['MACD 40 60 9']);
  });

  it('hides, colours, widens and removes', async () => {
    const { settings } = await setup();
    fireEvent.click(within(await openIndicators()).getByRole('button', { name: 'EMA 9' }));
    const list = within(await screen.findByRole('region', { name: 'On the chart' }));
    fireEvent.click(list.getByRole('button', { name: 'Change EMA 9' }));
    fireEvent.click(list.getByRole('radio', { name: 'pink' }));
    fireEvent.click(list.getByRole('radio', { name: '3 pixels' }));
    fireEvent.click(list.getByRole('button', { name: 'Hide EMA 9' }));
    expect(settings().indicators).toMatchObject([{ colour: 'pink', width: 3, isHidden: true }]);
    fireEvent.click(list.getByRole('button', { name: 'Remove EMA 9' }));
    expect(settings().indicators).toEqual([]);
  });

  it('closes the volume pane and opens it again', async () => {
    const { settings } = await setup();
    await openIndicators();
    const volume = await screen.findByRole('checkbox', { name: 'Volume' });
    fireEvent.click(volume);
    expect(settings().hasVolume).toBe(false);
    fireEvent.click(volume);
    expect(settings().hasVolume).toBe(true);
  });

  it('offers no more once there are as many as there may be', async () => {
    const { settings } = await setup();
    act(() => {
      for (let count = 0; count < 30; count += 1) settings().addIndicator({ kind: 'trend' });
    });
    const add = within(await openIndicators());
    expect(settings().indicators).toHaveLength(24);
    expect(add.getByText(/No more than 24/)).toBeTruthy();
    expect(add.getByRole('button', { name: 'EMA 9' })).toHaveProperty('disabled', true);
  });
});

describe('the compare menu', () => {
  it('offers the other symbols, and those that match what is typed', async () => {
    await setup();
    await press('Compare');
    const list = within(await screen.findByRole('list', { name: 'Symbols' }));
    expect(list.getAllByRole('button').map(({ textContent }) => textContent.trim())).toEqual([
      'BTC',
      'EURUSD',
    ]);
    fireEvent.change(screen.getByRole('textbox', { name: 'Symbol to compare with' }), {
      target: { value: 'eu' },
    });
    expect(list.getAllByRole('button')).toHaveLength(1);
  });

  it('compares with the first match on Enter, and stops', async () => {
    const { settings } = await setup();
    await press('Compare');
    const field = await screen.findByRole('textbox', { name: 'Symbol to compare with' });
    fireEvent.change(field, { target: { value: 'b' } });
    fireEvent.submit(field);
    expect(settings().compared).toMatchObject([{ symbol: 'BTC' }]);
    const compared = within(await screen.findByRole('region', { name: 'Compared' }));
    fireEvent.click(compared.getByRole('button', { name: 'Stop comparing with BTC' }));
    expect(settings().compared).toEqual([]);
  });

  it('keeps the price scale in percent for as long as symbols are compared', async () => {
    const { settings } = await setup(<Toolbar />);
    const log = screen.getByRole('button', { name: 'log' });
    fireEvent.click(log);
    act(() => settings().compareWith('BTC'));
    expect(screen.getByRole('button', { name: '%' }).getAttribute('aria-pressed')).toBe('true');
    expect(log).toHaveProperty('disabled', true);
    act(() => settings().stopComparing('BTC'));
    expect(log.getAttribute('aria-pressed')).toBe('true');
    expect(log).toHaveProperty('disabled', false);
  });

  it('says so when no symbol is like what was typed', async () => {
    await setup();
    await press('Compare');
    const field = await screen.findByRole('textbox', { name: 'Symbol to compare with' });
    fireEvent.change(field, { target: { value: 'zzz' } });
    expect(screen.getByText('No symbol like that.')).toBeTruthy();
  });
});

describe('the legend of indicators', () => {
  it('has the values of the newest bar', async () => {
    await setup();
    fireEvent.click(within(await openIndicators()).getByRole('button', { name: 'EMA 9' }));
    const [row] = screen.getAllByRole('group', { name: 'EMA 9' });
    expect(row!.textContent).toContain('100.00');
  });

  it('says how many bars are missing', async () => {
    await setup();
    fireEvent.click(within(await openIndicators()).getByRole('button', { name: 'EMA 50' }));
    expect(await screen.findByText('needs 20 more bars')).toBeTruthy();
  });

  it('has the close and the change of a compared symbol', async () => {
    await setup();
    await press('Compare');
    const field = await screen.findByRole('textbox', { name: 'Symbol to compare with' });
    fireEvent.change(field, { target: { value: 'b' } });
    await act(async () => {
      fireEvent.submit(field);
      await expect.poll(() => screen.queryByText('+0.00 %')).not.toBe(null);
    });
    expect(screen.getByRole('group', { name: 'BTC' }).textContent).toContain('100.00');
  });

  it('folds when it is long', async () => {
    await setup();
    const add = within(await openIndicators());
    for (const name of ['EMA 9', 'EMA 21', 'EMA 50', /Bollinger/])
      fireEvent.click(add.getByRole('button', { name }));
    fireEvent.click(screen.getByRole('button', { name: 'Fold the indicators' }));
    expect(screen.queryByRole('group', { name: 'EMA 9' })).toBe(null);
    fireEvent.click(screen.getByRole('button', { name: 'Unfold the indicators' }));
    expect(screen.getByRole('group', { name: 'EMA 9' })).toBeTruthy();
  });
});
