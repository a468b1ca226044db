import { exportProfileDocument } from '#schemas/documents/export-profile';
import type { ExportProfile } from '#shared/domain/export-profile';
import { describeFault } from '#shared/describe-fault';
import { WorkbenchError } from '#shared/errors';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../platform/fs.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** A profile of the store, or why its file is none. */
export type StoredProfile =
  { readonly profile: ExportProfile } | { readonly file: string; readonly fault: string };

/** The export profiles that users keep in a store: a JSON file each, in `folder`. */
export interface ExportProfileFiles {
  /** By id; a file that is no profile any more comes with its fault. */
  readonly list: () => Promise<readonly StoredProfile[]>;
  readonly save: (profile: ExportProfile) => Promise<void>;
  /** False when there was none. */
  readonly remove: (id: string) => Promise<boolean>;
}

const ending = '.json';

/** `folder` need not be there yet: it is made when the first profile is saved as `<id>.json`. */
export function exportProfileFiles(folder: string): ExportProfileFiles {
  const pathOf = (id: string) => join(folder, `${id}${ending}`);
  return {
    async list() {
      const names = await namesIn(folder);
      return Promise.all(names.map((name) => readProfile(folder, name)));
    },
    save: (profile) => writeFileAtomically(pathOf(profile.id), `${JSON.stringify(profile, null, 2)}\n`),
    async remove(id) {
      try {
        await rm(pathOf(id));
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false;
        throw error;
      }
    },
  };
}

/** A profile as it comes from outside; throws `argument-invalid` with the field at fault. */
export function checkedProfile(given: unknown): ExportProfile {
  const checked = exportProfileDocument.safeParse(given);
  if (!checked.success)
    throw new WorkbenchError('argument-invalid', `profile: ${describeFault(checked.error)}`);
  return checked.data;
}

async function readProfile(folder: string, name: string): Promise<StoredProfile> {
  const file = join(folder, name);
  try {
    const profile = checkedProfile(JSON.parse(await readFile(file, 'utf8')));
    if (`${profile.id}${ending}` !== name) return { file, fault: `is named ${name} but holds ${profile.id}` };
    return { profile };
  } catch (error) {
    return { file, fault: error instanceof Error ? error.message : String(error) };
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.endsWith(ending) && !name.startsWith('.')).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}
