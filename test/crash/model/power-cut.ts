import { createRandom, type Random } from '../../../electron/jobs/demo/random.ts';
import { rootNode, withChange, type ModelDisk, type ModelFile, type NameChange } from './model-disk.ts';
import { allNodes, nodeOf, nodesFrom, type ModelNode } from './model-nodes.ts';

/** One way in which a power cut may leave a disk. */
export interface PowerCut {
  readonly name: string;
  /** Which changes of names that were not flushed happened nevertheless. */
  readonly names: (pending: readonly NameChange[]) => readonly NameChange[];
  /** What a file holds of the bytes that were not flushed. */
  readonly bytes: (file: ModelFile) => Uint8Array;
}

const none = (): readonly NameChange[] => [];
const all = (pending: readonly NameChange[]) => pending;
const flushedBytes = ({ durable }: ModelFile) => durable;
const allBytes = ({ bytes }: ModelFile) => bytes;

/** As strictly as a disk may take it. */
export const onlyFlushed: PowerCut = { name: 'only what was flushed', names: none, bytes: flushedBytes };
/** The process ends, the machine goes on. */
export const killed: PowerCut = {
  name: 'everything, as when a process is killed',
  names: all,
  bytes: allBytes,
};

/** The same ways every time for one seed: the extremes, and some in between. */
export function powerCuts(seed: number): readonly PowerCut[] {
  const random = createRandom(seed, 'power cut');
  return [
    onlyFlushed,
    killed,
    { name: 'all names, flushed bytes', names: all, bytes: flushedBytes },
    { name: 'all names, torn bytes', names: all, bytes: (file) => torn(file, random) },
    { name: 'all names, zeroed bytes', names: all, bytes: zeroed },
    { name: 'flushed names, all bytes', names: none, bytes: allBytes },
    { name: 'only the last name', names: (pending) => pending.slice(-1), bytes: allBytes },
    { name: 'all but the last name', names: (pending) => pending.slice(0, -1), bytes: allBytes },
    { name: 'some names, some bytes', names: (pending) => someOf(pending, random), bytes: someBytes(random) },
    {
      name: 'other names, other bytes',
      names: (pending) => someOf(pending, random),
      bytes: someBytes(random),
    },
  ];
}

/** The disk as the machine finds it when it starts again. */
export function afterPowerCut(disk: ModelDisk, cut: PowerCut): ModelDisk {
  const left = new Map<number, ModelNode>();
  // What no name leads to any more is not carried along.
  const visit = (number: number) => {
    const before = nodeOf(disk.nodes, number);
    if (before === undefined || left.has(number)) return;
    const node = isFlushed(before) ? before : cutNode(before, cut);
    left.set(number, node);
    if (node.kind === 'folder') for (const child of node.names.values()) visit(child);
  };
  visit(rootNode);
  return { ...disk, nodes: nodesFrom(left) };
}

function cutNode(node: ModelNode, cut: PowerCut): ModelNode {
  if (node.kind === 'file') {
    const bytes = cut.bytes(node);
    return { kind: 'file', bytes, durable: bytes, lost: [] };
  }
  const names = cut.names(node.pending).reduce(withChange, node.durable);
  return { kind: 'folder', names, durable: names, pending: [] };
}

/** Whether every power cut leaves the disk as it is. */
export function isAllFlushed({ nodes }: ModelDisk): boolean {
  for (const node of allNodes(nodes)) if (!isFlushed(node)) return false;
  return true;
}

function isFlushed(node: ModelNode): boolean {
  if (node.kind === 'folder') return node.pending.length === 0;
  return node.bytes.length === node.durable.length && node.lost.length === 0;
}

function torn({ bytes, durable }: ModelFile, random: Random): Uint8Array {
  return bytes.slice(0, Math.floor(random.between(durable.length, bytes.length)));
}

/** The file has its length, but what was to be in its new blocks is not there. */
function zeroed({ bytes, durable }: ModelFile): Uint8Array {
  return bytes.slice().fill(0, durable.length);
}

/** Blocks reach a disk in any order: an early one may be missing where a later one is there. */
function holed({ bytes, durable }: ModelFile, random: Random): Uint8Array {
  const from = Math.floor(random.between(durable.length, bytes.length));
  return bytes.slice().fill(0, from, Math.floor(random.between(from, bytes.length)));
}

function someBytes(random: Random): PowerCut['bytes'] {
  return (file) => {
    const kinds = [flushedBytes, allBytes, zeroed, torn, holed];
    return (kinds[Math.floor(random.between(0, kinds.length))] ?? allBytes)(file, random);
  };
}

function someOf(pending: readonly NameChange[], random: Random): readonly NameChange[] {
  return pending.filter(() => random.isTrue(0.5));
}
