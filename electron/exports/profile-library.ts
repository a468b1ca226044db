import { exportProfiles } from '#schemas/index';
import type { ExportProfile, ProfileList } from '#shared/domain/export-profile';
import { WorkbenchError } from '#shared/errors';
import { checkedProfile, type ExportProfileFiles } from '../documents/export-profile-files.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';

/** All profiles of a store: those that come with the product, and those that were saved in it. */
export interface ProfileLibrary {
  readonly list: () => Promise<ProfileList>;
  /** Throws `argument-invalid` for an id that there is none of, and for a file that is no profile any more. */
  readonly find: (id: string) => Promise<ExportProfile>;
  /** Adds a profile or replaces the one of its id; those of the product are refused. Answers it as it was saved. */
  readonly save: (given: unknown) => Promise<ExportProfile>;
  readonly remove: (id: string) => Promise<void>;
}

/** A file with the id of one of the product's profiles is not listed, and never found in place of that one. */
export function createProfileLibrary(files: ExportProfileFiles): ProfileLibrary {
  const isBuiltIn = (id: string) => exportProfiles.some((profile) => profile.id === id);
  const stored = () => wordingDiskErrors(() => files.list());
  return {
    async list() {
      const found = await stored();
      const own = found.flatMap((each) => ('profile' in each ? [each.profile] : []));
      return {
        profiles: [
          ...exportProfiles.map((profile) => ({ profile, isBuiltIn: true })),
          ...own.filter(({ id }) => !isBuiltIn(id)).map((profile) => ({ profile, isBuiltIn: false })),
        ],
        faults: found.flatMap((each) => ('fault' in each ? [`${each.file}: ${each.fault}`] : [])),
      };
    },
    async find(id) {
      const builtIn = exportProfiles.find((profile) => profile.id === id);
      if (builtIn !== undefined) return builtIn;
      for (const each of await stored()) {
        if ('profile' in each && each.profile.id === id) return each.profile;
        if ('fault' in each && each.file.endsWith(`${id}.json`))
          throw new WorkbenchError('argument-invalid', `${each.file}: ${each.fault}`);
      }
      throw new WorkbenchError('argument-invalid', `profile: there is no export profile ${id}`);
    },
    async save(given) {
      const profile = checkedProfile(given);
      if (isBuiltIn(profile.id)) {
        throw new WorkbenchError(
          'argument-invalid',
          `profile: ${profile.id} comes with Tapedeck and stays as it is; save the copy under another id`,
        );
      }
      await wordingDiskErrors(() => files.save(profile));
      return profile;
    },
    async remove(id) {
      if (isBuiltIn(id))
        throw new WorkbenchError(
          'argument-invalid',
          `profile: ${id} comes with Tapedeck and cannot be deleted`,
        );
      if (!(await wordingDiskErrors(() => files.remove(id))))
        throw new WorkbenchError(
          'argument-invalid',
          `profile: there is no export profile ${id} in this store`,
        );
    },
  };
}
