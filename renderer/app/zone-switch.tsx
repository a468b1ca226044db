import { TextButton } from '../ui/text-button.tsx';
import { useWorkbench } from '../state/use-workbench.ts';
import { TimeMenu } from './time-menu.tsx';
import styles from './toolbar.module.css';

const zones = [
  { zone: 'America/New_York', name: 'NY' },
  { zone: 'UTC', name: 'UTC' },
] as const;

/** In which zone times are read, on the axis and everywhere else: two at hand, all others in the menu. */
export function ZoneSwitch() {
  const current = useWorkbench((state) => state.settings.zone);
  const isExchangeZone = useWorkbench((state) => state.settings.isExchangeZone);
  const change = useWorkbench((state) => state.settings.change);
  return (
    <div role="group" aria-label="Time zone" className={styles.group}>
      {zones.map(({ zone, name }) => (
        <TextButton
          key={zone}
          isOn={zone === current && !isExchangeZone}
          title={zone}
          onClick={() => change({ zone, isExchangeZone: false })}
        >
          {name}
        </TextButton>
      ))}
      <TimeMenu />
    </div>
  );
}
