import type { Command } from '../state/commands/command.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import styles from './toolbar.module.css';

export interface CommandChoiceProps {
  readonly command: Command;
  /** What it is called here, when not as everywhere. */
  readonly name?: string;
  /** Names those of which only one holds at a time; left out, it is switched on and off by itself. */
  readonly group?: string;
  /** A figure at its end. */
  readonly count?: string;
}

/** A command that is on or off, as a line of a menu with a box or a button before it. */
export function CommandChoice({ command, name, group, count }: CommandChoiceProps) {
  const store = useWorkbenchStore();
  const isOn = useWorkbench((state) => command.isOn?.(state) ?? false);
  return (
    <label className={styles.choice}>
      <input
        type={group === undefined ? 'checkbox' : 'radio'}
        name={group}
        checked={isOn}
        onChange={() => void command.run(store, '')}
      />
      <span className={styles.choiceName}>{name ?? command.title}</span>
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </label>
  );
}
