import { KeyCaps } from '../panels/key-caps.tsx';
import { sections, type Section } from '../state/commands/command.ts';
import { fixedCommands } from '../state/commands/index.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { DialogHead } from '../ui/dialog-head.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './shortcut-sheet.module.css';

/** Every key and what it does. */
export function ShortcutSheet() {
  const isOpen = useWorkbench((state) => state.overlay.open === 'shortcuts');
  const hide = useWorkbench((state) => state.overlay.hide);
  if (!isOpen) return null;
  const close = () => hide('shortcuts');
  return (
    <Dialog label="Keyboard shortcuts" onClose={close} className={styles.sheet}>
      <DialogHead title="Keyboard shortcuts" onClose={close} />
      <div className={styles.columns} tabIndex={0} role="region" aria-label="All shortcuts">
        {sections.map((section) => (
          <Shortcuts key={section} section={section} />
        ))}
      </div>
    </Dialog>
  );
}

function Shortcuts({ section }: { readonly section: Section }) {
  const commands = fixedCommands.filter(
    (command) => command.section === section && (command.shortcuts?.length ?? 0) > 0,
  );
  if (commands.length === 0) return null;
  return (
    <section className={styles.section} aria-label={section}>
      <h3 className={styles.heading}>
        {section === 'On the chart' ? 'While the chart has the focus' : section}
      </h3>
      <dl>
        {commands.map((command) => (
          <div key={command.id} className={styles.row}>
            <dt className={styles.title}>{command.title.replace(/…$/, '')}</dt>
            <dd className={styles.keys}>
              {command.shortcuts?.map((shortcut, index) => (
                <span key={shortcut.keys} className={styles.keys}>
                  {index > 0 && <span className={styles.or}>or</span>}
                  <KeyCaps shortcut={shortcut} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
