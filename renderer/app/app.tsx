import { createTheme, MantineProvider, type MantineColorSchemeManager } from '@mantine/core';
import { useLayoutEffect } from 'react';
import type { WorkbenchStore } from '../state/store.ts';
import { StoreContext, useWorkbench } from '../state/use-workbench.ts';
import styles from './app.module.css';
import { About } from './about.tsx';
import { CommandKeys } from './command-keys.tsx';
import { Dock } from './dock.tsx';
import { DropTarget } from './import/drop-target.tsx';
import { ImportSheet } from './import/import-sheet.tsx';
import { ErrorScreen } from './error-screen.tsx';
import { HealthBanner } from './health-banner.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { PanelWindow } from './panel-window.tsx';
import { Palette } from './palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import { TimeframeEntry } from './timeframe-entry.tsx';
import { Toolbar } from './toolbar.tsx';
import { WindowTitle } from './window-title.tsx';

const theme = createTheme({ fontFamily: 'var(--font)', defaultRadius: 'sm', focusRing: 'auto' });

/** The theme is a setting of the workspace, so Mantine is told and remembers nothing itself. */
const noMemory: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The whole window, on a store. */
export function App({ store }: { readonly store: WorkbenchStore }) {
  return (
    <StoreContext value={store}>
      <Workbench />
    </StoreContext>
  );
}

function Workbench() {
  const colorScheme = useWorkbench((state) => state.settings.theme);
  const candles = useWorkbench((state) => state.settings.candles);
  const isRestored = useWorkbench((state) => state.workspace.isRestored);
  const purpose = useWorkbench((state) => state.window.purpose);

  // Layout effects of a parent run before the effects of its children: the chart reads its colours from the page.
  useLayoutEffect(() => {
    document.documentElement.dataset.mantineColorScheme = colorScheme;
    document.documentElement.dataset.candles = candles;
  }, [colorScheme, candles]);

  return (
    // The style elements that Mantine would write are forbidden here; ui/mantine.css stands in for them.
    <MantineProvider
      theme={theme}
      forceColorScheme={colorScheme}
      colorSchemeManager={noMemory}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <ErrorScreen>
        {purpose !== null && purpose.panel !== null ? (
          isRestored && <PanelWindow id={purpose.panel} />
        ) : (
          <div className={styles.window}>
            <Toolbar />
            <div>
              <HealthBanner />
            </div>
            <main className={styles.dock}>{isRestored && <Dock />}</main>
            <StatusBar />
          </div>
        )}
        <WindowTitle />
        <CommandKeys />
        <TimeframeEntry />
        <Palette />
        <ShortcutSheet />
        <About />
        <ImportSheet />
        <DropTarget />
        <NoticeBar />
      </ErrorScreen>
    </MantineProvider>
  );
}
