import { IconPlus, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { mostTabs, type SqlRun, type SqlTab } from '../../state/sql/sql-state.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './sql-panel.module.css';

export interface QueryTabsProps {
  readonly tabs: readonly SqlTab[];
  readonly active: string;
  readonly runs: Readonly<Record<string, SqlRun>>;
}

/** The queries that are being written. */
export function QueryTabs({ tabs, active, runs }: QueryTabsProps) {
  const { activate, addTab, closeTab } = useWorkbench((state) => state.sql);
  const step = (event: KeyboardEvent, index: number) => {
    const here = tabs[index];
    if (event.key === 'Delete' && here !== undefined) {
      event.preventDefault();
      closeTab(here.id);
      return;
    }
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = by === undefined ? undefined : tabs[index + by];
    if (next === undefined) return;
    event.preventDefault();
    activate(next.id);
    document.getElementById(`sql-tab-${next.id}`)?.focus();
  };
  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label="Queries" className={styles.tabList}>
        {tabs.map(({ id, name }, index) => (
          <span
            key={id}
            role="presentation"
            className={classNames(styles.tab, id === active && styles.activeTab)}
          >
            <button
              type="button"
              role="tab"
              id={`sql-tab-${id}`}
              aria-selected={id === active}
              tabIndex={id === active ? 0 : -1}
              className={styles.tabName}
              title={`${name} (Delete closes it)`}
              onClick={() => activate(id)}
              onKeyDown={(event) => step(event, index)}
            >
              {name}
              {runs[id]?.phase === 'running' && ' …'}
            </button>
            {/* A list of tabs may hold nothing but tabs: whoever uses keys or hears the page closes one by Delete. */}
            <IconButton label={`Close ${name}`} aria-hidden tabIndex={-1} onClick={() => closeTab(id)}>
              <IconX size={12} />
            </IconButton>
          </span>
        ))}
      </div>
      <IconButton
        label={tabs.length < mostTabs ? 'New query' : `No more than ${mostTabs} queries at once`}
        disabled={tabs.length >= mostTabs}
        onClick={() => addTab()}
      >
        <IconPlus size={14} />
      </IconButton>
    </div>
  );
}
