import { keyCaps, type Shortcut } from '../data/shortcut.ts';
import { isMac } from '../ui/is-mac.ts';
import styles from './key-caps.module.css';

/** A shortcut as the keys to press. */
export function KeyCaps({ shortcut }: { readonly shortcut: Shortcut }) {
  return (
    <span className={styles.keys}>
      {keyCaps(shortcut, isMac).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
