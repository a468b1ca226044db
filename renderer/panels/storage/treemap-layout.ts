import type { StorageNode } from '#shared/domain/storage';
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';

/** CSS pixels within the map. */
export interface MapRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends MapRect {
  readonly node: StorageNode;
  /** What is in it, where there is room to show that. */
  readonly inside: readonly (MapRect & { readonly name: string })[];
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** A title needs this much; a rectangle that is smaller shows nothing inside. */
export const titleHeight = 18;
const smallestOpen = { width: 70, height: 44 };

interface Datum {
  readonly node: StorageNode | null;
  readonly name: string;
  readonly sizeBytes: number;
  readonly children?: readonly Datum[];
}

/** Places the pieces of a map by their bytes, each with what is in it. Pieces without bytes have no place. */
export function placeNodes(
  nodes: readonly StorageNode[],
  width: number,
  height: number,
): readonly PlacedNode[] {
  const root = hierarchy<Datum>({
    node: null,
    name: '',
    sizeBytes: 0,
    children: nodes.filter(({ sizeBytes }) => sizeBytes > 0).map(datumOf),
  }).sum(({ children, sizeBytes }) => (children === undefined ? sizeBytes : 0));
  const placed = treemap<Datum>()
    .tile(treemapSquarify)
    .size([Math.max(0, width), Math.max(0, height)])
    .paddingInner(2)
    .paddingTop(({ depth }) => (depth === 1 ? titleHeight : 0))
    .round(true)(root);
  return (placed.children ?? []).flatMap((child) => {
    const { node } = child.data;
    if (node === null) return [];
    const rect = rectOf(child);
    const isOpen = rect.width >= smallestOpen.width && rect.height >= smallestOpen.height;
    const inside = isOpen
      ? (child.children ?? []).map((inner) => ({ ...rectOf(inner), name: inner.data.name }))
      : [];
    return { ...rect, node, inside: inside.filter((inner) => inner.width > 0 && inner.height > 0) };
  });
}

function datumOf(node: StorageNode): Datum {
  const listed = node.inside.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const children = [
    ...node.inside.map(({ name, sizeBytes }) => ({ node: null, name, sizeBytes })),
    // What is not listed has its place, but no name.
    ...(node.sizeBytes > listed ? [{ node: null, name: '', sizeBytes: node.sizeBytes - listed }] : []),
  ].filter(({ sizeBytes }) => sizeBytes > 0);
  return { node, name: node.name, sizeBytes: node.sizeBytes, ...(children.length > 0 ? { children } : {}) };
}

function rectOf({ x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }): MapRect {
  return { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) };
}

/** The piece that lies next in a direction: the nearest of those that begin beyond this one's middle; null at the edge. */
export function neighbourOf(placed: readonly MapRect[], from: number, direction: Direction): number | null {
  const own = placed[from];
  if (own === undefined) return placed.length > 0 ? 0 : null;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { readonly index: number; readonly distance: number } | null = null;
  for (const [index, rect] of placed.entries()) {
    const [dx, dy] = [middleX(rect) - middleX(own), middleY(rect) - middleY(own)];
    const [along, aside] = isAcross ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
    if (index === from || along <= 0) continue;
    // What lies to the side counts more: the eye follows the direction of the key.
    const distance = along + 2 * aside;
    if (best === null || distance < best.distance) best = { index, distance };
  }
  return best?.index ?? null;
}

function middleX({ x, width }: MapRect): number {
  return x + width / 2;
}

function middleY({ y, height }: MapRect): number {
  return y + height / 2;
}
