import { IconLayoutDashboard } from '@tabler/icons-react';
import { useWorkbench } from '../state/use-workbench.ts';
import { CommandChoice } from './command-choice.tsx';
import { DropDown } from './drop-down.tsx';
import { panelCommands } from './panel-commands.ts';
import styles from './toolbar.module.css';

/** Opens and closes panels. */
export function PanelsMenu() {
  const open = useWorkbench((state) => state.workspace.openPanels);
  return (
    <DropDown menu="panels" title="Panels" label={<IconLayoutDashboard size={16} aria-label="Panels" />}>
      {() => (
        <fieldset className={styles.menu}>
          <legend className={styles.menuTitle}>Panels</legend>
          {panelCommands.map(({ id, title, show, close }) => (
            <CommandChoice
              key={id}
              command={open.includes(id) ? { ...show, run: close.run } : show}
              name={title}
            />
          ))}
        </fieldset>
      )}
    </DropDown>
  );
}
