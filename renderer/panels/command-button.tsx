import { shortcutText } from '../data/shortcut.ts';
import type { Command } from '../state/commands/command.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { isMac } from '../ui/is-mac.ts';
import { TextButton, type TextButtonProps } from '../ui/text-button.tsx';

export interface CommandButtonProps extends Omit<TextButtonProps, 'onClick' | 'isOn' | 'disabled'> {
  readonly command: Command;
  /** Whether it looks pressed while what it switches is on; where it is not about that, no. */
  readonly showsOn?: boolean;
}

/** A button for a command: it says what the command does and by which key, is pressed while it is on, and runs it. */
export function CommandButton({ command, showsOn = true, ...rest }: CommandButtonProps) {
  const store = useWorkbenchStore();
  const isEnabled = useWorkbench((state) => command.isEnabled?.(state) ?? true);
  const isOn = useWorkbench((state) => command.isOn?.(state) ?? null);
  return (
    <TextButton
      {...(isOn === null || !showsOn ? {} : { isOn })}
      disabled={!isEnabled}
      title={tipOf(command)}
      onClick={() => void command.run(store, '')}
      {...rest}
    />
  );
}

/** `One bar back ([)`: what a command does, and the key for it. */
export function tipOf({ title, hint, shortcuts = [] }: Command): string {
  const [first] = shortcuts;
  return first === undefined ? (hint ?? title) : `${hint ?? title} (${shortcutText(first, isMac)})`;
}
