import { describe, expect, it } from 'vitest';
import { readWorkspace } from '../../../../renderer/app/saved-workspace.ts';
import { noFilter, noFilters } from '../../../../renderer/data/object-filter.ts';
import { usualStyles } from '../../../../renderer/data/object-style.ts';

const restored = (settings: unknown) => readWorkspace(JSON.stringify({ settings })).settings;

describe('filters and styles', () => {
  it('come back as they were left', () => {
    const zone = {
      kinds: ['supply'],
      statuses: ['open'],
      timeframes: ['15m'],
      condition: { field: 'touches', test: 'at-least', value: '2' },
    } as const;
    const style = { colour: 'pink', fill: 40, width: 3, dash: 'dotted', size: 1 } as const;
    const mixed = { ...style, colour: '#12ab34' } as const;
    const saved = {
      objectFilters: { ...noFilters, zone },
      objectStyles: { 'zone-up': style, 'flag-up': mixed },
    };
    expect(restored(saved)).toMatchObject(saved);
  });

  it('are as in a new window where nothing was saved', () => {
    expect(restored({})).toMatchObject({ objectFilters: noFilters, objectStyles: {} });
  });

  it('are as usual where what was saved makes no sense', () => {
    const { objectFilters, objectStyles } = restored({
      objectFilters: {
        zone: { kinds: 'all', condition: { field: 'touches', test: 'near', value: 7 } },
        level: 3,
      },
      objectStyles: { 'zone-up': { colour: 'mauve', fill: 900, width: 2 }, 'zone-left': {}, 'flag-up': 1 },
    });
    expect(objectFilters).toEqual({
      ...noFilters,
      zone: { ...noFilter, condition: { field: 'touches', test: 'is', value: '' } },
    });
    expect(objectStyles).toEqual({
      'zone-up': { ...usualStyles['zone-up'], width: 2 },
      'flag-up': usualStyles['flag-up'],
    });
  });
});
