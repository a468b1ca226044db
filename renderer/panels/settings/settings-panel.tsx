import { settingGuide, type SettingName, type StoreSettings } from '#shared/domain/store-settings';
import { useEffect, useId, useState } from 'react';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { readField, SettingField, writeField } from './setting-field.tsx';
import styles from './settings-panel.module.css';

export const settingsPanel = definePanel({
  id: 'settings',
  title: 'Settings',
  home: 'bottom',
  Component: SettingsPanel,
});

function SettingsPanel() {
  const settings = useWorkbench((state) => state.upkeep.settings);
  const load = useWorkbench((state) => state.upkeep.loadSettings);
  useEffect(() => void load(), [load]);
  switch (settings.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={8} label="Reading the settings" />;
    case 'failed':
      return <Failure {...settings.problem} onRetry={() => void load()} />;
    case 'ready':
      return (
        <ul className={styles.settings} aria-label="Settings of this store">
          {settingGuide.map(({ name, title, effect }) => (
            <Setting
              // Made anew when another window, or a command, has changed it.
              key={`${name} ${JSON.stringify(settings.value[name])}`}
              name={name}
              title={title}
              effect={effect}
              settings={settings.value}
            />
          ))}
        </ul>
      );
  }
}

interface SettingProps {
  readonly name: SettingName;
  readonly title: string;
  readonly effect: string;
  readonly settings: StoreSettings;
}

/** One setting: typed text is checked and kept by the button or Enter, so that half a word changes nothing. */
function Setting({ name, title, effect, settings }: SettingProps) {
  const change = useWorkbench((state) => state.upkeep.changeSettings);
  const isReader = useWorkbench(
    ({ catalog: { summary } }) => summary.phase === 'ready' && summary.value.access === 'reader',
  );
  const before = writeField(name, settings);
  const [typed, setTyped] = useState(before);
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const id = useId();

  async function save(value: unknown): Promise<void> {
    setSaving(true);
    const problem = await change({ [name]: value });
    setSaving(false);
    setFault(problem?.message ?? null);
  }

  function saveTyped(text: string): void {
    const read = readField(name, text);
    if ('fault' in read) setFault(read.fault);
    else void save(read.value);
  }

  return (
    <li className={styles.setting}>
      <label className={styles.title} htmlFor={id}>
        {title}
      </label>
      <div className={styles.control}>
        <SettingField
          id={id}
          name={name}
          typed={typed}
          isDisabled={isReader || isSaving}
          describedBy={`${id}-effect`}
          isInvalid={fault !== null}
          onType={setTyped}
          onSave={saveTyped}
        />
        {typed !== before && (
          <TextButton look="outlined" disabled={isSaving} onClick={() => saveTyped(typed)}>
            Keep
          </TextButton>
        )}
        <TextButton disabled={isReader || isSaving} onClick={() => void save(null)}>
          Default
        </TextButton>
      </div>
      <p id={`${id}-effect`} className={styles.effect}>
        {effect}
      </p>
      {fault !== null && (
        <p role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
    </li>
  );
}
