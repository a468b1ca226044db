import type { ErrorCode } from '#shared/errors';
import { IconAlertTriangle } from '@tabler/icons-react';
import { CopyButton } from './copy-button.tsx';
import { errorWording } from './error-wording.ts';
import styles from './notice.module.css';
import { TextButton } from './text-button.tsx';

export interface FailureProps {
  readonly code: ErrorCode;
  readonly message: string;
  readonly onRetry?: () => void;
}

/** Says what went wrong and why, with a way to try again and one to pass the details on. */
export function Failure({ code, message, onRetry }: FailureProps) {
  return (
    <div role="alert" className={styles.notice}>
      <IconAlertTriangle size={20} className={styles.danger} aria-hidden />
      <p className={styles.headline}>{errorWording[code]}</p>
      {message !== '' && <p className={styles.detail}>{message}</p>}
      <div className={styles.actions}>
        {onRetry !== undefined && (
          <TextButton look="outlined" onClick={onRetry}>
            Try again
          </TextButton>
        )}
        <CopyButton label="Copy details" text={() => `${code}: ${message}`} />
      </div>
    </div>
  );
}
