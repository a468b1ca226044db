import { execFileSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** A small disk of its own; null where none may be mounted. */
function mountDisk(sizeKib: number): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  try {
    const folder = execFileSync('mktemp', ['-d', '/tmp/tapedeck-disk-XXXXXX'], { encoding: 'utf8' }).trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return null;
  }
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  execFileSync('rmdir', [folder]);
}

export const canMount = (() => {
  const folder = mountDisk(64);
  if (folder !== null) unmount(folder);
  return folder !== null;
})();

/** A disk of its own for the test, which may only be asked for where `canMount`. */
export function smallDisk(sizeKib: number): string {
  const folder = mountDisk(sizeKib);
  if (folder === null) throw new Error('No disk can be mounted here');
  onTestFinished(() => unmount(folder));
  return folder;
}

/** Changes a mounted disk with options of `mount`: `ro`, `rw`, `size=20m`. Throws where it may not be changed. */
export function remount(folder: string, options: string): void {
  execFileSync('mount', ['-o', `remount,${options}`, folder]);
}

/** Fills a disk up but for some KiB, with a file of its own. */
export function fillDisk(folder: string, leftKib = 0): void {
  const filler = `${folder}/filler`;
  execFileSync('sh', ['-c', `dd if=/dev/zero of=${filler} bs=1k 2>/dev/null || true`]);
  if (leftKib > 0) execFileSync('truncate', ['-s', `-${leftKib}k`, filler]);
}
