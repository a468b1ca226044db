import type { DeepLink } from '#shared/domain/deep-link';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { findObject, followLink } from '../../../../renderer/state/follow-link.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { linkedWorkbench } from '../../../helpers/linked-workbench.ts';

const at = epochMs(5_000 * MINUTE);
const zone = chartObject({ t_start: 4_000 * MINUTE, event_ts: 4_100 * MINUTE });

async function setup() {
  const { client, store, settled, state } = await linkedWorkbench([
    zone,
    { ...zone, action: 'close', event_ts: 6_000 * MINUTE, t_end: 6_000 * MINUTE, sequence: 1 },
  ]);
  const follow = async (part: Partial<DeepLink>) => {
    const link = { symbol: 'SPY', timeframe: null, at: null, objectId: null, ...part };
    const isThere = await followLink(store, client, { ok: true, link });
    await settled();
    return isThere;
  };
  return { client, store, state, follow };
}

describe('followLink', () => {
  it('opens the series around the instant', async () => {
    const { follow, state } = await setup();
    expect(await follow({ timeframe: parseTimeframe('15m'), at })).toBe(true);
    expect(state().chart.window?.key).toEqual({ symbol: 'SPY', timeframe: '15m' });
    expect(state().chart.window?.placement).toEqual({ kind: 'around', at });
    expect(state().window.notice).toBeNull();
  });

  it('inspects the object, and goes to its beginning when there is no instant', async () => {
    const { follow, state } = await setup();
    await follow({ objectId: 'zone-1' });
    expect(state().chart.window?.placement).toEqual({ kind: 'around', at: 4_000 * MINUTE });
    expect(state().selection.selected).toMatchObject({ object_id: 'zone-1', action: 'close' });
    expect(state().workspace.request).toEqual({ kind: 'show', panel: 'inspector' });
  });

  it('says that a symbol is not in the store, and stays where it is', async () => {
    const { follow, state } = await setup();
    await follow({ symbol: 'BTC' });
    expect(await follow({ symbol: 'NONE' })).toBe(false);
    expect(state().chart.key?.symbol).toBe('BTC');
    expect(state().window.notice).toEqual({
      tone: 'bad',
      text: 'The link leads to NONE, which is not in this store.',
    });
  });

  it('shows the series although the object is of another one, and says so', async () => {
    const { follow, state } = await setup();
    await follow({ symbol: 'BTC', objectId: 'zone-1' });
    expect(state().chart.key?.symbol).toBe('BTC');
    expect(state().selection.selected).toBeNull();
    expect(state().window.notice?.text).toBe('The link names an object of BTC that is not in this store.');
  });

  it('takes the nearest timeframe there is, and says so', async () => {
    const { follow, state } = await setup();
    await follow({ symbol: 'SLOW', timeframe: parseTimeframe('1m') });
    expect(state().chart.key?.timeframe).toBe('1h');
    expect(state().window.notice?.text).toBe('SLOW has no bars of 1m; these are of 1h.');
  });

  it('words a link that could not be read', async () => {
    const { client, store, state } = await setup();
    expect(await followLink(store, client, { ok: false, reason: 'The link is longer than it may be.' })).toBe(
      false,
    );
    expect(state().window.notice?.text).toBe('The link is longer than it may be.');
  });
});

describe('findObject', () => {
  it('knows nothing of an object that came later than the instant that is shown', async () => {
    const { client, store, state, follow } = await setup();
    await follow({});
    await state().chart.knowAsOf(5_000 * MINUTE, { kind: 'keep' });
    expect(await findObject(store, client, 'zone-1')).toMatchObject({ action: 'create' });
    await state().chart.knowAsOf(4_050 * MINUTE, { kind: 'keep' });
    expect(await findObject(store, client, 'zone-1')).toBeNull();
  });
});
