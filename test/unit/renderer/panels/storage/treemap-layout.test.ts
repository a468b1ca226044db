import type { StorageNode } from '#shared/domain/storage';
import { describe, expect, it } from 'vitest';
import { neighbourOf, placeNodes } from '../../../../../renderer/panels/storage/treemap-layout.ts';

function node(
  name: string,
  sizeBytes: number,
  inside: readonly (readonly [string, number])[] = [],
): StorageNode {
  const part = (own: string, size: number) => ({ name: own, files: 1, rows: 1, sizeBytes: size });
  return {
    ...part(name, sizeBytes),
    tiers: { hot: sizeBytes },
    inside: inside.map(([own, size]) => part(own, size)),
    canEnter: inside.length > 0,
  };
}

const area = ({ width, height }: { width: number; height: number }) => width * height;

describe('placeNodes', () => {
  it('gives each piece the area of its share, all within the map', () => {
    const placed = placeNodes([node('a', 3), node('b', 1)], 802, 400);
    expect(placed.map((each) => each.node.name)).toEqual(['a', 'b']);
    expect(area(placed[0]!) / area(placed[1]!)).toBeCloseTo(3, 1);
    for (const { x, y, width, height } of placed) {
      expect(x >= 0 && y >= 0 && x + width <= 802 && y + height <= 400).toBe(true);
    }
  });

  it('shows what is in a piece that has room, below its title', () => {
    const [wide] = placeNodes(
      [
        node('a', 10, [
          ['x', 6],
          ['y', 2],
        ]),
      ],
      400,
      200,
    );
    expect(wide?.inside.map(({ name }) => name)).toEqual(['x', 'y', '']);
    expect(Math.min(...wide!.inside.map(({ y }) => y))).toBeGreaterThanOrEqual(18);
    const [narrow] = placeNodes([node('a', 10, [['x', 6]])], 60, 40);
    expect(narrow?.inside).toEqual([]);
  });

  it('leaves out what has no bytes, and needs no room to work', () => {
    expect(placeNodes([node('a', 0)], 100, 100)).toEqual([]);
    expect(placeNodes([node('a', 5)], 0, 0)).toHaveLength(1);
  });
});

describe('neighbourOf', () => {
  const cell = (x: number, y: number) => ({ x: x * 10, y: y * 10, width: 10, height: 10 });
  const grid = [cell(0, 0), cell(1, 0), cell(0, 1), cell(1, 1)];

  it('goes to what lies next in a direction, and stays at the edge', () => {
    expect(neighbourOf(grid, 0, 'right')).toBe(1);
    expect(neighbourOf(grid, 0, 'down')).toBe(2);
    expect(neighbourOf(grid, 3, 'left')).toBe(2);
    expect(neighbourOf(grid, 3, 'up')).toBe(1);
    expect(neighbourOf(grid, 0, 'left')).toBeNull();
  });
});
