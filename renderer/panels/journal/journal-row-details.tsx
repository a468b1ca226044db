import type { JournalRow } from '#shared/domain/journal';
import { IconFocusCentered, IconX } from '@tabler/icons-react';
import { useWorkbench } from '../../state/use-workbench.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { journalText } from './journal-columns.ts';
import styles from './journal-panel.module.css';

export interface JournalRowDetailsProps {
  readonly row: JournalRow;
  readonly onShow: () => void;
  readonly onClose: () => void;
}

/** Every field of one row of the journal, and its payload as it was written. */
export function JournalRowDetails({ row, onShow, onClose }: JournalRowDetailsProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const { payload, ...fields } = row;
  return (
    <article className={styles.details} aria-label="Chosen row">
      <header className={styles.head}>
        <TextButton onClick={onShow}>
          <IconFocusCentered size={14} /> Show on chart
        </TextButton>
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(row, null, 2)} />
        <TextButton className={styles.close} aria-label="Close the row" onClick={onClose}>
          <IconX size={14} />
        </TextButton>
      </header>
      <dl>
        {Object.entries(fields).map(([name, value]) => (
          <div key={name} className={styles.field}>
            <dt>{name}</dt>
            <dd title={String(value ?? '')}>
              {value === null ? '–' : journalText(row, name, { zone, decimals: null })}
            </dd>
          </div>
        ))}
      </dl>
      {typeof payload === 'string' && <pre className={styles.payload}>{indented(payload)}</pre>}
    </article>
  );
}

/** What is no JSON is shown as it stands. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
