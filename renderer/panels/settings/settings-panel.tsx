import { settingGuide, type SettingName, type StoreSettings } from '#shared/domain/store-settings';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useIsReader } from '../../state/use-is-reader.ts';
import { showPanelView } from '../../state/use-panel-view.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { elsewhere, readField, SettingField, writeField, type TypedSetting } from './setting-field.tsx';
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
          {settingGuide.map(({ name, ...guide }) => {
            // Made anew when another window, or a command, has changed it.
            const key = `${name} ${JSON.stringify(settings.value[name])}`;
            return name === 'tiers' || name === 'retention' ? (
              <Elsewhere key={key} name={name} settings={settings.value} {...guide} />
            ) : (
              <Setting key={key} name={name} settings={settings.value} {...guide} />
            );
          })}
        </ul>
      );
  }
}

interface SettingProps<Name extends SettingName> {
  readonly name: Name;
  readonly title: string;
  readonly effect: string;
  readonly settings: StoreSettings;
}

/** A setting of many fields: what it is now, and the way to them. */
function Elsewhere({ name, title, effect, settings }: SettingProps<keyof typeof elsewhere>) {
  const store = useWorkbenchStore();
  const { panel, view, label } = elsewhere[name];
  const change = useChange(name);
  const id = useId();
  return (
    <SettingRow id={id} title={title} effect={effect} change={change}>
      <output id={id} className={styles.told} aria-describedby={`${id}-effect`}>
        {writeField(name, settings)}
      </output>
      <TextButton look="outlined" onClick={() => showPanelView(store.getState(), panel, view)}>
        {label}
      </TextButton>
    </SettingRow>
  );
}

/** One setting: typed text is checked and kept by the button or Enter, so that half a word changes nothing. */
function Setting({ name, title, effect, settings }: SettingProps<TypedSetting>) {
  const change = useChange(name);
  const before = writeField(name, settings);
  const [typed, setTyped] = useState(before);
  const id = useId();

  function saveTyped(text: string): void {
    const read = readField(name, text);
    if ('fault' in read) change.refuse(read.fault);
    else change.save(read.value);
  }

  return (
    <SettingRow id={id} title={title} effect={effect} change={change}>
      <SettingField
        id={id}
        name={name}
        typed={typed}
        isDisabled={!change.canSave}
        describedBy={`${id}-effect`}
        isInvalid={change.fault !== null}
        onType={setTyped}
        onSave={saveTyped}
      />
      {typed !== before && (
        <TextButton look="outlined" disabled={!change.canSave} onClick={() => saveTyped(typed)}>
          Keep
        </TextButton>
      )}
    </SettingRow>
  );
}

interface Change {
  readonly canSave: boolean;
  /** Why the last value was not taken. */
  readonly fault: string | null;
  readonly refuse: (fault: string) => void;
  /** Null goes back to the default. */
  readonly save: (value: unknown) => void;
}

function useChange(name: SettingName): Change {
  const change = useWorkbench((state) => state.upkeep.changeSettings);
  const isReader = useIsReader();
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (value: unknown) => {
    setSaving(true);
    const problem = await change({ [name]: value });
    setSaving(false);
    setFault(problem?.message ?? null);
  };
  return { canSave: !isReader && !isSaving, fault, refuse: setFault, save: (value) => void save(value) };
}

interface SettingRowProps {
  /** Of its control. */
  readonly id: string;
  readonly title: string;
  readonly effect: string;
  readonly change: Change;
  readonly children: ReactNode;
}

function SettingRow({ id, title, effect, change: { canSave, fault, save }, children }: SettingRowProps) {
  return (
    <li className={styles.setting}>
      <label className={styles.title} htmlFor={id}>
        {title}
      </label>
      <div className={styles.control}>
        {children}
        <TextButton disabled={!canSave} onClick={() => save(null)}>
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
