import { describe, expect, it } from 'vitest';
import { arrangementOf, parsePlaces, placeFor } from '../../../../electron/app/window-bounds.ts';

const laptop = { workArea: { x: 0, y: 0, width: 1440, height: 860 }, scaleFactor: 2 };
const dock = { workArea: { x: 1440, y: 0, width: 2560, height: 1400 }, scaleFactor: 1 };
const onDock = { bounds: { x: 1500, y: 20, width: 1800, height: 1200 }, isMaximized: false };

describe('placeFor', () => {
  it('opens in the middle of the first screen, no larger than it', () => {
    expect(placeFor([laptop], {}).bounds).toEqual({ x: 0, y: 0, width: 1440, height: 860 });
    expect(placeFor([dock], {}).bounds).toEqual({ x: 1920, y: 200, width: 1600, height: 1000 });
  });

  it('remembers one place for each arrangement of screens', () => {
    const places = { [arrangementOf([laptop, dock])]: onDock };
    expect(placeFor([laptop, dock], places)).toEqual(onDock);
    expect(placeFor([laptop], places)).not.toEqual(onDock);
  });

  it('knows an arrangement whichever screen comes first', () => {
    expect(arrangementOf([dock, laptop])).toBe(arrangementOf([laptop, dock]));
  });

  it('forgets a place that nobody could see', () => {
    const lost = { ...onDock, bounds: { ...onDock.bounds, x: 9_000 } };
    expect(placeFor([dock], { [arrangementOf([dock])]: lost })).toEqual(placeFor([dock], {}));
  });
});

describe('placeFor a further window', () => {
  const opener = { x: 1500, y: 20, width: 1800, height: 1200 };

  it('leaves the window in sight that it was opened from, on the same screen', () => {
    expect(placeFor([laptop, dock], {}, 'workbench', opener).bounds).toEqual({
      x: 1532,
      y: 52,
      width: 1600,
      height: 1000,
    });
  });

  it('stays on the screen', () => {
    const atTheEdge = { ...opener, x: 3_900, y: 1_300 };
    expect(placeFor([laptop, dock], {}, 'panel', atTheEdge).bounds).toEqual({
      x: 3_280,
      y: 840,
      width: 720,
      height: 560,
    });
  });

  it('may be smaller for one panel', () => {
    const small = { bounds: { x: 10, y: 10, width: 300, height: 240 }, isMaximized: false };
    const places = { [arrangementOf([laptop])]: small };
    expect(placeFor([laptop], places, 'panel')).toEqual(small);
    expect(placeFor([laptop], places)).not.toEqual(small);
  });
});

describe('parsePlaces', () => {
  it('takes a damaged file for an empty one', () => {
    expect([parsePlaces(null), parsePlaces('{"a":'), parsePlaces('{"a":{"bounds":7}}')]).toEqual([
      {},
      {},
      {},
    ]);
  });

  it('reads back what was written', () => {
    expect(parsePlaces(JSON.stringify({ key: onDock }))).toEqual({ key: onDock });
  });
});
