import { codeOf, type Fs } from '../../platform/fs.ts';
import { rejectPath } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably, publishFile } from '../../storage/publish-file.ts';

/** Moves a file out of the store's way, with a note that says why. Nothing that was set aside before is overwritten. */
export async function setAside(
  fs: Fs,
  path: string,
  reason: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const target = await freeName(fs, rejectPath(path));
  await makeFolderDurably(fs, folderOf(target));
  await fs.rename(path, target);
  await fs.syncFolder(folderOf(target));
  await fs.syncFolder(folderOf(path));
  const note = new TextEncoder().encode(`${JSON.stringify({ path, reason, ...details })}\n`);
  try {
    await publishFile(fs, `${target}.reason.json`, note);
  } catch (error) {
    // The file is where it should be; that its note could not be written is no reason to stop.
    if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error))) throw error;
  }
  return target;
}

async function freeName(fs: Fs, wanted: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}.${count}`;
    if ((await fs.size(name)) === null) return name;
  }
}
