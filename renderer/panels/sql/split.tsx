import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import styles from './split.module.css';

export interface SplitProps {
  readonly label: string;
  /** Of the first part, from 0 to 1. */
  readonly share: number;
  readonly onShare: (share: number) => void;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

/** Two parts side by side, or one above the other where there is more height than width, with an edge that moves. */
export function Split({ label, share, onShare, first, second }: SplitProps) {
  const whole = useRef<HTMLDivElement>(null);
  const isHeld = useRef(false);
  const isUpright = () => {
    const { current } = whole;
    return current === null || current.clientWidth < current.clientHeight * 1.6;
  };
  const move = (event: PointerEvent) => {
    const box = whole.current?.getBoundingClientRect();
    if (!isHeld.current || box === undefined) return;
    onShare(isUpright() ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -0.02, ArrowUp: -0.02, ArrowRight: 0.02, ArrowDown: 0.02 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onShare(share + by);
  };
  return (
    <div ref={whole} className={styles.box}>
      <div className={styles.split} style={{ '--share': `${(share * 100).toFixed(2)}%` } as object}>
        <div className={styles.first}>{first}</div>
        <div
          role="separator"
          aria-label={label}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={15}
          aria-valuemax={85}
          tabIndex={0}
          className={styles.edge}
          onPointerDown={(event) => {
            isHeld.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={move}
          onPointerUp={() => (isHeld.current = false)}
          onPointerCancel={() => (isHeld.current = false)}
          onKeyDown={onKeyDown}
        />
        <div className={styles.second}>{second}</div>
      </div>
    </div>
  );
}
