import { counted } from '#shared/counted';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { KeyCaps } from '../panels/key-caps.tsx';
import type { Command } from '../state/commands/command.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { formatCount } from '../format/count.ts';
import { allCommands, isEnabled } from './all-commands.ts';
import { findCommands, type CommandGroup } from './find-commands.ts';
import styles from './palette.module.css';

/** More lines than anybody reads; typing finds the others. */
const mostShown = 200;

/** Every command, found by a few letters of it. */
export function Palette() {
  const isOpen = useWorkbench((state) => state.overlay.open === 'palette');
  return isOpen ? <Sheet /> : null;
}

function Sheet() {
  const store = useWorkbenchStore();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const recent = useWorkbench((state) => state.workspace.recentCommands);
  const close = () => store.getState().overlay.hide('palette');

  // What there is to do is read once, when the palette opens: a list that changes under the hand is of no use.
  const [commands] = useState(() => {
    const state = store.getState();
    return allCommands(state).filter((command) => isEnabled(command, state));
  });
  const groups = useMemo(() => cut(findCommands(commands, typed, recent)), [commands, typed, recent]);
  const shown = groups.flatMap((group) => group.commands);
  const found = useMemo(() => countOf(findCommands(commands, typed, [])), [commands, typed]);
  const optionId = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, typed]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    // The focus must be back where it was before the command moves it elsewhere.
    flushSync(close);
    store.getState().workspace.noteCommand(command.id);
    void command.run(store, '');
  };
  const move = (to: number) => setActive(Math.min(shown.length - 1, Math.max(0, to)));
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(active === shown.length - 1 ? 0 : active + 1),
    ArrowUp: () => move(active === 0 ? shown.length - 1 : active - 1),
    PageDown: () => move(active + 10),
    PageUp: () => move(active - 10),
    Enter: () => run(shown[active]),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (act === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  let index = 0;
  return (
    <Dialog label="Commands" onClose={close} isHigh className={styles.sheet}>
      <div className={styles.head}>
        <IconSearch size={16} className={styles.icon} aria-hidden />
        <input
          className={styles.field}
          type="text"
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? optionId(active) : undefined}
          aria-label="Find a command"
          placeholder="What do you want to do?"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} className={styles.list} role="listbox" aria-label="Commands">
        {groups.map(({ heading, commands: members }) => (
          <div key={heading} role="group" aria-label={heading ?? 'Found'}>
            {heading !== null && (
              <div className={styles.heading} aria-hidden>
                {heading}
              </div>
            )}
            {members.map((command) => {
              const at = index++;
              return (
                <Row
                  key={command.id}
                  id={optionId(at)}
                  command={command}
                  isActive={at === active}
                  hasSection={heading === null || heading === 'Recent'}
                  onRun={() => run(command)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p className={styles.foot} role="status">
        {found === 0
          ? 'Nothing is called that'
          : found > shown.length
            ? `Showing ${formatCount(shown.length)} of ${formatCount(found)}: type to find the others`
            : counted(found, 'command')}
      </p>
    </Dialog>
  );
}

interface RowProps {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly hasSection: boolean;
  readonly onRun: () => void;
}

function Row({ id, command, isActive, hasSection, onRun }: RowProps) {
  const isOn = useWorkbench((state) => command.isOn?.(state) ?? false);
  const [first] = command.shortcuts ?? [];
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={classNames(styles.row, isActive && styles.active)}
      onClick={onRun}
    >
      <span className={styles.check}>{isOn && <IconCheck size={13} aria-label="on" />}</span>
      <span className={styles.title}>{command.title}</span>
      {hasSection && <span className={styles.section}>{command.section}</span>}
      {first !== undefined && <KeyCaps shortcut={first} />}
    </div>
  );
}

function cut(groups: readonly CommandGroup[]): readonly CommandGroup[] {
  let room = mostShown;
  return groups.flatMap((group) => {
    const commands = group.commands.slice(0, room);
    room -= commands.length;
    return commands.length === 0 ? [] : [{ ...group, commands }];
  });
}

function countOf(groups: readonly CommandGroup[]): number {
  return groups.reduce((sum, { commands }) => sum + commands.length, 0);
}
