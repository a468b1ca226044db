import { IconX } from '@tabler/icons-react';
import styles from './dialog-head.module.css';
import { IconButton } from './icon-button.tsx';

/** The title of a dialog, and the way out for those who do not know Escape. */
export function DialogHead({ title, onClose }: { readonly title: string; readonly onClose: () => void }) {
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      <IconButton label="Close" onClick={onClose}>
        <IconX size={15} />
      </IconButton>
    </div>
  );
}
