import { describeFault } from '#shared/describe-fault';
import { nameOfPolicy, type RetentionSettings } from '#shared/domain/retention';
import { WorkbenchError } from '#shared/errors';
import { retentionSettings } from '#schemas/documents/retention-settings';
import type { StoreSettingsDocument } from '#schemas/documents/store-document';
import { changeStoreSettings } from '../../documents/change-store-file.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { checkPattern } from './path-pattern.ts';

/** How long the store keeps what, as its `store.json` says. */
export interface RetentionStore {
  readonly current: () => StoreSettingsDocument['retention'];
  /** In force from the next plan on. */
  readonly save: (given: RetentionSettings) => Promise<RetentionSettings>;
}

/** `save` throws `argument-invalid` before it writes anything; `current` then still answers what was in force. */
export function createRetentionStore(
  folder: string,
  first: StoreSettingsDocument['retention'],
): RetentionStore {
  let current = first;
  return {
    current: () => current,
    async save(given) {
      const retention = checkedRetention(given);
      const { settings } = await wordingDiskErrors(() => changeStoreSettings(folder, { retention }));
      return (current = settings.retention);
    },
  };
}

/** Checks what somebody wants kept how long; refuses by the name of the policy and the field. */
export function checkedRetention(given: unknown): StoreSettingsDocument['retention'] {
  const parsed = retentionSettings.safeParse(given);
  if (!parsed.success)
    throw new WorkbenchError('argument-invalid', `retention: ${describeFault(parsed.error)}`);
  for (const policy of parsed.data.policies) {
    for (const glob of policy.exclude) checkPattern(`exclude of ${nameOfPolicy(policy)}`, glob);
  }
  return parsed.data;
}
