import type { RetentionSettings } from '#shared/domain/retention';
import type { ChangedSettings, StoreSettings } from '#shared/domain/store-settings';
import { WorkbenchError } from '#shared/errors';
import { retentionSettings } from '#schemas/documents/retention-settings';
import { storeDocument, type StoreDocument } from '#schemas/documents/store-document';
import { tierSettings } from '#schemas/documents/tier-settings';
import { changedSettings, changeSettings } from '../documents/change-settings.ts';
import { writeStoreFile } from '../documents/store-file.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import { checkedRetention, type RetentionStore } from './retention/retention-settings.ts';
import type { Tiers } from './tiers/tiers.ts';

export interface StoreSettingsParts {
  readonly folder: string;
  /** As it was when the store was opened. */
  readonly document: StoreDocument;
  readonly tiers: Pick<Tiers, 'settings' | 'save'>;
  readonly retention: RetentionStore;
  /** What a job that is at work is called; null when there is none. */
  readonly busyWith: () => Promise<string | null>;
  /** Settings were changed and are on disk: the store is to be opened anew with them. */
  readonly onChange: (document: StoreDocument) => void;
}

export interface Settings {
  readonly read: () => StoreSettings;
  readonly change: (change: Readonly<Record<string, unknown>>) => Promise<ChangedSettings>;
}

/** All that can be chosen for a store. Tiers and retention hold at once; for the rest it is opened anew. */
export function createStoreSettings(parts: StoreSettingsParts): Settings {
  const { folder, document, tiers, retention, busyWith, onChange } = parts;

  const read = (): StoreSettings => ({
    ...document.settings,
    name: document.name,
    tiers: tiers.settings(),
    retention: retention.current(),
  });

  return {
    read,
    async change({ tiers: wantedTiers, retention: wantedRetention, ...others }) {
      const before = read();
      const after = changeSettings(before, others);
      const keeps =
        wantedRetention === undefined ? null : checkedRetention(joined(retention, wantedRetention));
      const isReopened = changedSettings(before, after).length > 0;
      const job = isReopened ? await busyWith() : null;
      if (job !== null)
        throw new WorkbenchError('busy', `Settings cannot change while a job is at work: ${job}`);
      // What may still be refused goes before what is only written.
      if (wantedTiers !== undefined) await tiers.save(wantedTiers ?? tierSettings.parse({}));
      if (keeps !== null) await retention.save(keeps);
      const settings = { ...after, tiers: tiers.settings(), retention: retention.current() };
      if (isReopened) {
        const changed = documentWith(document, settings);
        await wordingDiskErrors(() => writeStoreFile(folder, changed));
        onChange(changed);
      }
      return { settings, changed: changedSettings(before, settings) };
    },
  };
}

/** Policies or guardrails that are not given stay; null is those of a new store. */
function joined(retention: RetentionStore, given: unknown): unknown {
  if (given === null) return retentionSettings.parse({});
  if (typeof given !== 'object') return given;
  return { ...retention.current(), ...(given satisfies Partial<RetentionSettings>) };
}

function documentWith(document: StoreDocument, { name, ...settings }: StoreSettings): StoreDocument {
  return storeDocument.parse({ ...document, name, settings });
}
