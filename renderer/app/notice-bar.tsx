import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useWorkbench } from '../state/use-workbench.ts';
import { classNames } from '../ui/class-names.ts';
import { TextButton } from '../ui/text-button.tsx';
import styles from './notice-bar.module.css';

const goodNewsMs = 6_000;

/**
 * Says what became of something that the user asked for and cannot see. What went wrong stays until it is read; good news
 * until it has been in sight for some seconds.
 */
export function NoticeBar() {
  const notice = useWorkbench((state) => state.window.notice);
  const say = useWorkbench((state) => state.window.say);
  useEffect(() => {
    if (notice?.tone !== 'good') return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      if (document.visibilityState === 'visible') timer ??= setTimeout(() => say(null), goodNewsMs);
    };
    begin();
    document.addEventListener('visibilitychange', begin);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', begin);
    };
  }, [notice, say]);
  return (
    <div className={styles.place} role="status">
      {notice !== null && (
        <div className={classNames(styles.notice, styles[notice.tone])}>
          {notice.tone === 'bad' ? (
            <IconAlertTriangle size={14} aria-hidden />
          ) : (
            <IconCheck size={14} aria-hidden />
          )}
          <span className={styles.text}>{notice.text}</span>
          {notice.more !== undefined && (
            <TextButton
              onClick={() => {
                notice.more?.run();
                say(null);
              }}
            >
              {notice.more.label}
            </TextButton>
          )}
          <TextButton className={styles.close} aria-label="Dismiss" onClick={() => say(null)}>
            <IconX size={14} />
          </TextButton>
        </div>
      )}
    </div>
  );
}
