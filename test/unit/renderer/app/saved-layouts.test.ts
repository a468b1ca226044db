import { describe, expect, it } from 'vitest';
import { readLayouts } from '../../../../renderer/app/saved-layouts.ts';
import { layoutSettingsOf } from '../../../../renderer/state/layouts-slice.ts';
import { defaultSettings } from '../../../../renderer/state/settings-slice.ts';

const usual = layoutSettingsOf(defaultSettings);

describe('readLayouts', () => {
  it('reads what was saved', () => {
    const saved = [
      { name: 'Day', panels: { grid: {} }, settings: { ...usual, priceScale: 'log', hasVolume: false } },
      { name: 'Swing', panels: null, settings: usual },
    ];
    expect(readLayouts(JSON.stringify(saved))).toEqual(saved);
  });

  it('leaves out what has no name, or one that is there already', () => {
    const strange = [{ panels: {} }, 7, { name: ' ' }, { name: 'Day' }, { name: 'Day', panels: {} }];
    expect(readLayouts(JSON.stringify(strange))).toEqual([{ name: 'Day', panels: null, settings: usual }]);
  });

  it('takes the usual settings for those that make no sense', () => {
    const strange = [{ name: 'Day', settings: { priceScale: 'cubic', indicators: 'many' } }];
    expect(readLayouts(JSON.stringify(strange))[0]?.settings).toEqual(usual);
  });

  it('reads nothing from text that is no JSON, or no list', () => {
    expect(readLayouts('[{')).toEqual([]);
    expect(readLayouts('{}')).toEqual([]);
    expect(readLayouts(null)).toEqual([]);
  });
});
