import { formatTraits, type ExportProfile } from '#shared/domain/export-profile';
import { useState, type SyntheticEvent } from 'react';
import { problemOf } from '../../data/problem.ts';
import { useWorkbenchStore } from '../../state/use-workbench.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { DialogHead } from '../../ui/dialog-head.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './exports.module.css';
import { Line } from './labelled-fields.tsx';
import { ProfileColumns } from './profile-columns.tsx';
import { FormatFields, LeanFields, RowFields, SplitFields } from './profile-fields.tsx';

interface ProfileDialogProps {
  readonly profile: ExportProfile;
  readonly isNew: boolean;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** Changes a profile and saves it in the store. What the store refuses is said beside the button. */
export function ProfileDialog({ profile, isNew, onClose, onSaved }: ProfileDialogProps) {
  const store = useWorkbenchStore();
  const [form, setForm] = useState(profile);
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<ExportProfile>) => {
    setForm({ ...form, ...part });
    setFault(null);
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    const { exports } = store.getState();
    try {
      const saved = await exports.calls.saveProfile({ profile: form });
      await exports.load();
      onSaved(saved.id);
    } catch (error) {
      setFault(problemOf(error).message);
    }
  };
  const title = isNew ? 'New export profile' : `Export profile ${profile.name}`;
  const isLean = form.format === 'lean';
  return (
    <Dialog label={title} onClose={onClose} className={styles.dialog}>
      <DialogHead title={title} onClose={onClose} />
      <form className={styles.dialogForm} onSubmit={(event) => void save(event)}>
        <div className={styles.grid}>
          <Line label="Name" value={form.name} isFocused onChange={(name) => change({ name })} />
          <Line label="Id" value={form.id} isDisabled={!isNew} onChange={(id) => change({ id })} />
          <FormatFields form={form} onChange={change} />
          <RowFields form={form} onChange={change} />
          {formatTraits[form.format].canSplit && <SplitFields form={form} onChange={change} />}
          {isLean && <LeanFields form={form} onChange={change} />}
        </div>
        <CheckBox
          className={styles.check}
          isChecked={form.dictionary}
          onChange={(dictionary) => change({ dictionary })}
        >
          Put a table of what the columns mean beside the files
        </CheckBox>
        {!isLean && <ProfileColumns columns={form.columns} onChange={(columns) => change({ columns })} />}
        <footer className={styles.dialogFoot}>
          {fault !== null && (
            <p role="alert" className={styles.fault}>
              {fault}
            </p>
          )}
          <TextButton onClick={onClose}>Cancel</TextButton>
          <TextButton type="submit" look="primary">
            Save
          </TextButton>
        </footer>
      </form>
    </Dialog>
  );
}
