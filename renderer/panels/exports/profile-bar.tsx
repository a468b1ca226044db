import { counted } from '#shared/counted';
import {
  formatTraits,
  type ExportProfile,
  type ListedProfile,
  type ProfileList,
} from '#shared/domain/export-profile';
import { IconCopy, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { problemOf } from '../../data/problem.ts';
import { useIsReader } from '../../state/use-is-reader.ts';
import { useWorkbenchStore } from '../../state/use-workbench.ts';
import { FormLine } from '../../ui/form-line.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './exports.module.css';
import { ProfileDialog } from './profile-dialog.tsx';

interface ProfileBarProps {
  readonly list: ProfileList;
  readonly chosen: ListedProfile;
  readonly onChoose: (id: string) => void;
  /** What can be done with the profile. */
  readonly children: ReactNode;
}

/** Chooses the way to export, and changes, copies or deletes one of the store's own. */
export function ProfileBar({ list, chosen, onChoose, children }: ProfileBarProps) {
  const store = useWorkbenchStore();
  const isReader = useIsReader();
  const [edited, setEdited] = useState<ExportProfile | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const { profile, isBuiltIn } = chosen;
  const own = list.profiles.filter((each) => !each.isBuiltIn);
  const remove = async () => {
    const { exports, window } = store.getState();
    setDeleting(false);
    try {
      await exports.calls.deleteProfile({ id: profile.id });
    } catch (error) {
      window.say({ tone: 'bad', text: problemOf(error).message });
    }
    await exports.load();
  };
  return (
    <>
      <FormLine label="As">
        <select
          className={styles.profile}
          aria-label="Profile"
          title={profile.doc}
          value={profile.id}
          onChange={(event) => onChoose(event.target.value)}
        >
          {list.profiles
            .filter((each) => each.isBuiltIn)
            .map((each) => (
              <Choice key={each.profile.id} profile={each.profile} />
            ))}
          {own.length > 0 && (
            <optgroup label="Of this store">
              {own.map((each) => (
                <Choice key={each.profile.id} profile={each.profile} />
              ))}
            </optgroup>
          )}
        </select>
        {!isReader && (
          <>
            <IconButton
              label="Copy this profile and change the copy"
              onClick={() => setEdited(copyOf(profile, list))}
            >
              <IconCopy size={15} />
            </IconButton>
            {!isBuiltIn && (
              <>
                <IconButton label="Change this profile" onClick={() => setEdited(profile)}>
                  <IconPencil size={15} />
                </IconButton>
                <IconButton label="Delete this profile" onClick={() => setDeleting(true)}>
                  <IconTrash size={15} />
                </IconButton>
              </>
            )}
          </>
        )}
        {children}
        {isDeleting && (
          <span className={styles.confirm} role="alert">
            Delete {profile.name}?
            <TextButton look="outlined" onClick={() => void remove()}>
              Delete
            </TextButton>
            <TextButton onClick={() => setDeleting(false)}>Keep</TextButton>
          </span>
        )}
        {list.faults.length > 0 && (
          <span className={styles.warning} title={list.faults.join('\n')}>
            {counted(list.faults.length, 'profile')} cannot be read
          </span>
        )}
      </FormLine>
      {edited !== null && (
        <ProfileDialog
          profile={edited}
          isNew={!list.profiles.some((each) => each.profile.id === edited.id)}
          onClose={() => setEdited(null)}
          onSaved={(id) => {
            setEdited(null);
            onChoose(id);
          }}
        />
      )}
    </>
  );
}

function Choice({ profile: { id, name, format } }: { readonly profile: ExportProfile }) {
  const { title } = formatTraits[format];
  return <option value={id}>{name.includes(title) ? name : `${name} · ${title}`}</option>;
}

/** A copy under an id that nobody has. */
function copyOf(profile: ExportProfile, { profiles }: ProfileList): ExportProfile {
  const taken = new Set(profiles.map((each) => each.profile.id));
  let number = 2;
  while (taken.has(`${profile.id}-${number}`)) number += 1;
  return { ...profile, id: `${profile.id}-${number}`, name: `${profile.name} ${number}` };
}
