import { describe, expect, it } from 'vitest';
import { layerLimits } from '../../../../renderer/chart/layer-limits.ts';

describe('layerLimits', () => {
  it('sets no limit while everything fits', () => {
    expect(layerLimits({ zone: 900, flag: 600 })).toEqual({ zone: Infinity, flag: Infinity });
  });

  it('shares the room out by what each layer has', () => {
    expect(layerLimits({ zone: 6_000, flag: 2_000 })).toEqual({ zone: 1_125, flag: 375 });
  });

  it('leaves some room for a layer with few objects', () => {
    expect(layerLimits({ zone: 60_000, level: 10 })).toMatchObject({ level: 10 });
  });

  it('uses all the room there is', () => {
    expect(layerLimits({ zone: 3, level: 5_000, flag: 0 })).toEqual({ zone: 3, level: 1_497, flag: 0 });
  });

  it('stays the same while the shares hardly change', () => {
    expect(layerLimits({ zone: 6_010, flag: 1_990 })).toEqual(layerLimits({ zone: 6_100, flag: 1_900 }));
  });
});
