import type { ModelFile, ModelFolder } from './model-disk.ts';

export type ModelNode = ModelFile | ModelFolder;

/** The nodes of a disk by their numbers, in stretches: of a disk with one other node all but its stretch is the same. */
export type ModelNodes = readonly (readonly (ModelNode | undefined)[])[];

const stretchLength = 16;

export function nodeOf(nodes: ModelNodes, number: number): ModelNode | undefined {
  return nodes[Math.floor(number / stretchLength)]?.[number % stretchLength];
}

export function withNode(nodes: ModelNodes, number: number, node: ModelNode): ModelNodes {
  const changed = nodes.slice();
  putNode(changed, number, node);
  return changed;
}

/** The same of many at once. */
export function nodesFrom(entries: Iterable<readonly [number, ModelNode]>): ModelNodes {
  const made: (readonly (ModelNode | undefined)[])[] = [];
  for (const [number, node] of entries) putNode(made, number, node);
  return made;
}

export function* allNodes(nodes: ModelNodes): Iterable<ModelNode> {
  for (const stretch of nodes) for (const node of stretch) if (node !== undefined) yield node;
}

function putNode(nodes: (readonly (ModelNode | undefined)[])[], number: number, node: ModelNode): void {
  const place = Math.floor(number / stretchLength);
  // Without holes, which are slow to copy.
  while (nodes.length <= place) nodes.push(emptyStretch);
  const stretch = [...(nodes[place] ?? emptyStretch)];
  stretch[number % stretchLength] = node;
  nodes[place] = stretch;
}

const emptyStretch: readonly undefined[] = Array.from({ length: stretchLength }, () => undefined);
