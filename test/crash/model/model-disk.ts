import type { FsEntry } from '../../../electron/platform/fs.ts';
import { nodeOf, nodesFrom, withNode, type ModelNode, type ModelNodes } from './model-nodes.ts';

/** A file as programs see it, and as it would be found after a power cut. */
export interface ModelFile {
  readonly kind: 'file';
  readonly bytes: Uint8Array;
  /** What was flushed, from the start of the file. */
  readonly durable: Uint8Array;
  /** Stretches whose flush failed: the system forgets that they are not on disk, and later flushes pass over them. */
  readonly lost: readonly (readonly [from: number, until: number])[];
}

/** What a call did to the names of one folder; all of its changes happen, or none. */
export type NameChange = ReadonlyMap<string, number | null>;

export interface ModelFolder {
  readonly kind: 'folder';
  /** Names as programs see them, and the node that each stands for. */
  readonly names: ReadonlyMap<string, number>;
  readonly durable: ReadonlyMap<string, number>;
  /** Since the folder was last flushed, in order. */
  readonly pending: readonly NameChange[];
}

/** A disk at one moment. Never changed: every call makes the next one. */
export interface ModelDisk {
  readonly nodes: ModelNodes;
  readonly nextNode: number;
}

export const rootNode = 0;
const emptyFolder: ModelFolder = { kind: 'folder', names: new Map(), durable: new Map(), pending: [] };
export const emptyDisk: ModelDisk = { nodes: nodesFrom([[rootNode, emptyFolder]]), nextNode: 1 };
const noBytes = new Uint8Array();

/** A failed call as Node reports it. */
export function systemError(code: string, call: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code, path });
}

export function nodeAt(disk: ModelDisk, path: string): number | null {
  let node: number | null = rootNode;
  for (const name of path === '' ? [] : path.split('/')) {
    const folder: ModelNode | undefined = nodeOf(disk.nodes, node);
    node = folder?.kind === 'folder' ? (folder.names.get(name) ?? null) : null;
    if (node === null) return null;
  }
  return node;
}

export function fileAt(disk: ModelDisk, path: string): ModelFile | null {
  const found = nodeOf(disk.nodes, nodeAt(disk, path) ?? -1);
  return found?.kind === 'file' ? found : null;
}

export function folderAt(disk: ModelDisk, path: string): ModelFolder | null {
  const found = nodeOf(disk.nodes, nodeAt(disk, path) ?? -1);
  return found?.kind === 'folder' ? found : null;
}

export function listFolder(disk: ModelDisk, path: string): readonly FsEntry[] {
  return [...(folderAt(disk, path)?.names ?? [])].map(([name, node]) => ({
    name,
    kind: nodeOf(disk.nodes, node)?.kind ?? 'file',
  }));
}

export function createFile(
  disk: ModelDisk,
  path: string,
): { readonly disk: ModelDisk; readonly node: number } {
  if (nodeAt(disk, path) !== null) throw systemError('EEXIST', 'open', path);
  const node = disk.nextNode;
  const nodes = withNode(disk.nodes, node, { kind: 'file', bytes: noBytes, durable: noBytes, lost: [] });
  return { node, disk: changeNames({ nodes, nextNode: node + 1 }, path, 'open', (name) => [[name, node]]) };
}

export function appendBytes(disk: ModelDisk, node: number, bytes: Uint8Array): ModelDisk {
  return changeFile(disk, node, (file) => ({ ...file, bytes: joined(file.bytes, bytes) }));
}

export function syncNode(disk: ModelDisk, node: number): ModelDisk {
  return changeFile(disk, node, (file) => ({ ...file, durable: flushed(file) }));
}

/** A flush that failed: what it was for is on disk or not, and will not be written again. */
export function failSync(disk: ModelDisk, node: number): ModelDisk {
  return changeFile(disk, node, (file) =>
    file.bytes.length === file.durable.length
      ? file
      : { ...file, lost: [...file.lost, [file.durable.length, file.bytes.length]] },
  );
}

export function truncateFile(disk: ModelDisk, path: string, length: number): ModelDisk {
  const node = existingNode(disk, path, 'truncate');
  return changeFile(disk, node, (file) => {
    const lost = file.lost
      .filter(([from]) => from < length)
      .map(([from, until]) => [from, Math.min(until, length)] as const);
    const cut = { ...file, bytes: file.bytes.slice(0, length), lost };
    return { ...cut, durable: flushed(cut) };
  });
}

export function makeFolder(disk: ModelDisk, path: string): ModelDisk {
  let made = disk;
  const segments = path === '' ? [] : path.split('/');
  for (let depth = 1; depth <= segments.length; depth += 1) {
    const folder = segments.slice(0, depth).join('/');
    if (nodeAt(made, folder) !== null) continue;
    const node = made.nextNode;
    const nodes = withNode(made.nodes, node, emptyFolder);
    made = changeNames({ nodes, nextNode: node + 1 }, folder, 'mkdir', (name) => [[name, node]]);
  }
  return made;
}

export function removeFile(disk: ModelDisk, path: string): ModelDisk {
  if (nodeAt(disk, path) === null) return disk;
  return changeNames(disk, path, 'unlink', (name) => [[name, null]]);
}

export function removeEmptyFolder(disk: ModelDisk, path: string): ModelDisk {
  const folder = folderAt(disk, path);
  if (folder === null || folder.names.size > 0) return disk;
  return changeNames(disk, path, 'rmdir', (name) => [[name, null]]);
}

/** Within a folder a rename is one change; between two folders each half may be lost without the other. */
export function renameFile(disk: ModelDisk, from: string, to: string): ModelDisk {
  const node = existingNode(disk, from, 'rename');
  if (parentOf(from) === parentOf(to)) {
    const fromName = nameOf(from);
    return changeNames(disk, to, 'rename', (name) => [
      [fromName, null],
      [name, node],
    ]);
  }
  const added = changeNames(disk, to, 'rename', (name) => [[name, node]]);
  return changeNames(added, from, 'rename', (name) => [[name, null]]);
}

/** A second name of one file; nothing changes when it has that already. */
export function linkFile(disk: ModelDisk, from: string, to: string): ModelDisk {
  const node = existingNode(disk, from, 'link');
  return nodeAt(disk, to) === null ? changeNames(disk, to, 'link', (name) => [[name, node]]) : disk;
}

export function syncFolder(disk: ModelDisk, path: string): ModelDisk {
  const node = existingNode(disk, path, 'open');
  const folder = nodeOf(disk.nodes, node);
  if (folder?.kind !== 'folder') throw systemError('ENOTDIR', 'open', path);
  return { ...disk, nodes: withNode(disk.nodes, node, { ...folder, durable: folder.names, pending: [] }) };
}

export function existingNode(disk: ModelDisk, path: string, call: string): number {
  const node = nodeAt(disk, path);
  if (node === null) throw systemError('ENOENT', call, path);
  return node;
}

/** Paths of all files, with what they hold. */
export function filesOf(disk: ModelDisk): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const visit = (folder: ModelFolder, prefix: string) => {
    for (const [name, node] of folder.names) {
      const child = nodeOf(disk.nodes, node);
      if (child?.kind === 'folder') visit(child, `${prefix}${name}/`);
      else if (child !== undefined) found.set(`${prefix}${name}`, child.bytes);
    }
  };
  const root = nodeOf(disk.nodes, rootNode);
  if (root?.kind === 'folder') visit(root, '');
  return found;
}

function changeFile(disk: ModelDisk, node: number, change: (file: ModelFile) => ModelFile): ModelDisk {
  const file = nodeOf(disk.nodes, node);
  if (file?.kind !== 'file') throw systemError('EBADF', 'write', String(node));
  return { ...disk, nodes: withNode(disk.nodes, node, change(file)) };
}

function changeNames(
  disk: ModelDisk,
  path: string,
  call: string,
  change: (name: string) => readonly (readonly [string, number | null])[],
): ModelDisk {
  const node = existingNode(disk, parentOf(path), call);
  const folder = nodeOf(disk.nodes, node);
  if (folder?.kind !== 'folder') throw systemError('ENOTDIR', call, path);
  const changed: NameChange = new Map(change(nameOf(path)));
  const nodes = withNode(disk.nodes, node, {
    ...folder,
    names: withChange(folder.names, changed),
    pending: [...folder.pending, changed],
  });
  return { ...disk, nodes };
}

export function withChange(
  names: ReadonlyMap<string, number>,
  change: NameChange,
): ReadonlyMap<string, number> {
  const changed = new Map(names);
  for (const [name, node] of change) {
    if (node === null) changed.delete(name);
    else changed.set(name, node);
  }
  return changed;
}

function flushed({ bytes, lost }: ModelFile): Uint8Array {
  if (lost.length === 0) return bytes;
  const durable = bytes.slice();
  for (const [from, until] of lost) durable.fill(0, from, until);
  return durable;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
