import { IconLayoutDashboard } from '@tabler/icons-react';
import { panels } from '../panels/index.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import styles from './toolbar.module.css';

/** Opens and closes panels, and puts them back where they belong. */
export function PanelsMenu() {
  const open = useWorkbench((state) => state.workspace.openPanels);
  const ask = useWorkbench((state) => state.workspace.ask);
  return (
    <DropDown title="Panels" label={<IconLayoutDashboard size={16} aria-label="Panels" />}>
      {(close) => (
        <fieldset className={styles.menu}>
          <legend className={styles.menuTitle}>Panels</legend>
          {panels.map(({ id, title }) => (
            <label key={id} className={styles.choice}>
              <input
                type="checkbox"
                checked={open.includes(id)}
                onChange={() => ask({ kind: open.includes(id) ? 'hide' : 'show', panel: id })}
              />
              <span className={styles.choiceName}>{title}</span>
            </label>
          ))}
          <TextButton
            onClick={() => {
              ask({ kind: 'reset' });
              close();
            }}
          >
            Reset the layout
          </TextButton>
          <p className={styles.notice}>
            Charts by{' '}
            <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
              TradingView Lightweight Charts™
            </a>
            , © 2025 TradingView, Inc.
          </p>
        </fieldset>
      )}
    </DropDown>
  );
}
