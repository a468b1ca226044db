import { describeFault } from '#shared/describe-fault';
import { settingGuide, type SettingName, type StoreSettings } from '#shared/domain/store-settings';
import { WorkbenchError } from '#shared/errors';
import { storeName, storeSettings } from '#schemas/documents/store-document';

const allSettings = storeSettings.extend({ name: storeName.optional() });

/**
 * Settings with some of them changed; null takes one back to its default. Throws `argument-invalid`, which names the
 * setting, for one that there is not or a value that cannot be.
 */
export function changeSettings(
  before: StoreSettings,
  change: Readonly<Record<string, unknown>>,
): StoreSettings {
  for (const name of Object.keys(change)) {
    if (settingGuide.some((setting) => setting.name === name)) continue;
    const names = settingGuide.map((setting) => setting.name).join(', ');
    throw new WorkbenchError('argument-invalid', `${name}: there is no such setting; there are ${names}`);
  }
  const wanted: Record<string, unknown> = { ...before, ...change };
  const given = Object.entries(wanted).filter(([, value]) => value !== null);
  const parsed = allSettings.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new WorkbenchError('argument-invalid', describeFault(parsed.error));
  return parsed.data;
}

/** Which of them differ, in the order in which they are shown. */
export function changedSettings(before: StoreSettings, after: StoreSettings): readonly SettingName[] {
  return settingGuide
    .map(({ name }) => name)
    .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
}
