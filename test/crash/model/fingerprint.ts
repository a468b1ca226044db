import { createHash } from 'node:crypto';
import { rootNode, type ModelDisk, type ModelFolder } from './model-disk.ts';
import { nodeOf } from './model-nodes.ts';

/** Equal for disks that hold the same names and bytes, and practically never for others. */
export function fingerprint(disk: ModelDisk): string {
  const lines: string[] = [];
  const visit = (folder: ModelFolder, prefix: string) => {
    for (const [name, node] of folder.names) {
      const child = nodeOf(disk.nodes, node);
      if (child?.kind === 'file') lines.push(`${prefix}${name} ${digestOf(child.bytes)}`);
      else if (child !== undefined) {
        lines.push(`${prefix}${name}/`);
        visit(child, `${prefix}${name}/`);
      }
    }
  };
  const root = nodeOf(disk.nodes, rootNode);
  if (root?.kind === 'folder') visit(root, '');
  return createHash('sha1').update(lines.sort().join('\n')).digest('hex');
}

/** Most files of one disk are the very same in the next. */
const digests = new WeakMap<Uint8Array, string>();

function digestOf(bytes: Uint8Array): string {
  const known = digests.get(bytes);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(bytes).digest('base64');
  digests.set(bytes, digest);
  return digest;
}
