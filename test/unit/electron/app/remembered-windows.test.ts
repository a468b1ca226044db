import { describe, expect, it } from 'vitest';
import {
  freeKey,
  parseRemembered,
  remembering,
  windowsToOpen,
  type RememberedWindow,
} from '../../../../electron/app/remembered-windows.ts';

const workbench = (key: string, folder: string | null): RememberedWindow => ({
  key,
  panel: null,
  folder,
  opener: null,
});
const inspector: RememberedWindow = { key: 'inspector', panel: 'inspector', folder: '/a', opener: 'main' };
const everywhere = () => true;

describe('windowsToOpen', () => {
  it('begins with one window on what was asked for, or on the demo store', () => {
    expect(windowsToOpen({}, '/a', everywhere)).toEqual([workbench('main', '/a')]);
    expect(windowsToOpen({}, null, everywhere)).toEqual([workbench('main', null)]);
  });

  it('brings back what was open when it last ran so', () => {
    const windows = [workbench('main', '/a'), inspector, workbench('main-2', '/b')];
    expect(windowsToOpen({ '/a': windows, '': [workbench('main', null)] }, '/a', everywhere)).toEqual(
      windows,
    );
    expect(windowsToOpen({ '': windows }, null, everywhere)).toEqual(windows);
  });

  it('shows the store that was asked for in the first window, whatever that showed last', () => {
    expect(windowsToOpen({ '/a': [workbench('main', '/b')] }, '/a', everywhere)).toEqual([
      workbench('main', '/a'),
    ]);
  });

  it('leaves out windows whose store is gone', () => {
    const windows = [workbench('main', '/gone'), workbench('main-2', '/b')];
    expect(windowsToOpen({ '': windows }, null, (folder) => folder === '/b')).toEqual([
      workbench('main-2', '/b'),
    ]);
    expect(windowsToOpen({ '': windows }, null, () => false)).toEqual([workbench('main', null)]);
  });

  it('opens a workbench where only panels were left', () => {
    expect(windowsToOpen({ '/a': [inspector] }, '/a', everywhere)).toEqual([
      workbench('main', '/a'),
      inspector,
    ]);
  });
});

describe('remembering', () => {
  it('keeps each start apart, and forgets the oldest', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`/${index}`, []]));
    const kept = remembering(many, '/new', [workbench('main', '/new')]);
    expect(Object.keys(kept)).toHaveLength(20);
    expect(kept['/0']).toBeUndefined();
    expect(kept['/new']).toEqual([workbench('main', '/new')]);
  });
});

describe('parseRemembered', () => {
  it('takes a damaged file for an empty one', () => {
    expect([
      parseRemembered(null),
      parseRemembered('{'),
      parseRemembered('{"":[{"key":"../../x"}]}'),
    ]).toEqual([{}, {}, {}]);
  });

  it('reads back what was written', () => {
    const remembered = { '': [workbench('main', null), inspector] };
    expect(parseRemembered(JSON.stringify(remembered))).toEqual(remembered);
  });
});

describe('freeKey', () => {
  it('names windows by their kind, and takes the first free number', () => {
    expect(freeKey(null, [])).toBe('main');
    expect(freeKey(null, ['main', 'main-3'])).toBe('main-2');
    expect(freeKey('inspector', ['main', 'inspector'])).toBe('inspector-2');
  });
});
