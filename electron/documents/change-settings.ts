import { describeFault } from '#shared/describe-fault';
import { settingGuide, type SettingName } from '#shared/domain/store-settings';
import { WorkbenchError } from '#shared/errors';
import { storeSettings, type StoreSettingsDocument } from '#schemas/documents/store-document';

export interface SettingsChange {
  readonly settings: StoreSettingsDocument;
  readonly changed: readonly SettingName[];
}

/**
 * Settings with some of them changed; null takes one back to its default. Throws `argument-invalid`, which names the
 * setting, for one that there is not or a value that cannot be.
 */
export function changeSettings(
  before: StoreSettingsDocument,
  change: Readonly<Record<string, unknown>>,
): SettingsChange {
  for (const name of Object.keys(change)) {
    if (settingGuide.some((setting) => setting.name === name)) continue;
    const names = settingGuide.map((setting) => setting.name).join(', ');
    throw new WorkbenchError('argument-invalid', `${name}: there is no such setting; there are ${names}`);
  }
  const wanted: Record<string, unknown> = { ...before, ...change };
  const given = Object.entries(wanted).filter(([, value]) => value !== null);
  const parsed = storeSettings.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new WorkbenchError('argument-invalid', describeFault(parsed.error));
  const settings = parsed.data;
  const changed = settingGuide
    .map(({ name }) => name)
    .filter((name) => JSON.stringify(settings[name]) !== JSON.stringify(before[name]));
  return { settings, changed };
}
