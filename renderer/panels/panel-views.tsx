import type { ReactNode } from 'react';
import { TextButton } from '../ui/text-button.tsx';
import styles from './panel-views.module.css';

export interface PanelViewsProps<View extends string> {
  readonly label: string;
  /** What each view is called, in order. */
  readonly titles: Readonly<Record<View, string>>;
  readonly shown: View;
  readonly onShow: (view: View) => void;
  readonly children: ReactNode;
}

/** A panel of several views: their names in a list at its side, and the one that is chosen. */
export function PanelViews<View extends string>(props: PanelViewsProps<View>) {
  const { label, titles, shown, onShow, children } = props;
  return (
    <div className={styles.panel}>
      <div role="group" aria-label={label} className={styles.views}>
        {(Object.keys(titles) as View[]).map((view) => (
          <TextButton key={view} isOn={view === shown} onClick={() => onShow(view)}>
            {titles[view]}
          </TextButton>
        ))}
      </div>
      <div className={styles.view}>{children}</div>
    </div>
  );
}
