import { describe, expect, it } from 'vitest';
import { readWorkspace } from '../../../../renderer/app/saved-workspace.ts';
import { newSql } from '../../../../renderer/state/sql/sql-state.ts';
import { defaultSettings } from '../../../../renderer/state/settings-slice.ts';

const fresh = {
  settings: defaultSettings,
  chart: null,
  selected: null,
  search: '',
  drafts: {},
  recentCommands: [],
  replaySpeed: 2,
  sql: newSql,
};

describe('readWorkspace', () => {
  it('begins with the usual settings', () => {
    expect(readWorkspace(null)).toEqual(fresh);
  });

  it('reads what was saved', () => {
    const saved = {
      settings: {
        ...defaultSettings,
        theme: 'light',
        zone: 'Europe/London',
        layers: { ...defaultSettings.layers, zone: false },
      },
      chart: { symbol: 'SPY', timeframe: '5m', view: { from: 1, until: 2 }, isFollowing: false, asOf: 2 },
      replaySpeed: 10,
      selected: 'SPY-5m-zone-7',
      isLinked: true,
      search: 'us',
      drafts: { objects: 'zone' },
      recentCommands: ['chart.go-live'],
      sql: {
        tabs: [{ id: 'q3', name: 'Mine', text: 'select 1', savedAs: 'Mine' }],
        active: 'q3',
        history: [{ text: 'select 2', atMs: 1, rows: 1, elapsedMs: 2 }],
        maxRows: 1_000,
        editorShare: 0.5,
      },
      layout: { grid: {} },
    };
    expect(readWorkspace(JSON.stringify(saved))).toEqual(saved);
  });

  it('keeps every query but the one that is none', () => {
    const tab = { id: 'q2', name: 'Mine', text: 'select 1', savedAs: null };
    const ran = { text: 'select 2', atMs: 1, rows: 1, elapsedMs: 2 };
    const sql = { tabs: [{ id: 'q1', name: 7 }, tab, tab], active: 'q2', history: [null, ran] };
    expect(readWorkspace(JSON.stringify({ sql })).sql).toMatchObject({ tabs: [tab], history: [ran] });
  });

  it('replaces only what makes no sense', () => {
    const strange = {
      settings: { theme: 'sepia', zone: 'Mars/Olympus', candles: 'hollow' },
      chart: 7,
      selected: 7,
      isLinked: 'yes',
      search: null,
      drafts: { objects: 7 },
      sql: { tabs: [7], active: 'q9', maxRows: -1 },
      layout: 'x',
    };
    expect(readWorkspace(JSON.stringify(strange))).toEqual({
      ...fresh,
      settings: { ...defaultSettings, candles: 'hollow' },
      layout: 'x',
    });
  });

  it('survives text that is no JSON', () => {
    expect(readWorkspace('{"settings":')).toEqual(fresh);
  });
});
