import { CommandButton } from '../panels/command-button.tsx';
import { scaleCommands } from '../state/commands/chart-commands.ts';
import { openPalette } from '../state/commands/help-commands.ts';
import { findSymbol } from '../state/commands/series-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { IconSearch } from '@tabler/icons-react';
import { isMac } from '../ui/is-mac.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { CompareMenu } from './compare-menu.tsx';
import { GoToDate } from './go-to-date.tsx';
import { HelpMenu } from './help-menu.tsx';
import { IndicatorsMenu } from './indicators-menu.tsx';
import { LayersMenu } from './layers-menu.tsx';
import { LayoutsMenu } from './layouts-menu.tsx';
import { LinkSwitch } from './link-switch.tsx';
import { PanelsMenu } from './panels-menu.tsx';
import { ShareMenu } from './share-menu.tsx';
import { ReplayButton } from './replay-button.tsx';
import { TimeframeButtons } from './timeframe-buttons.tsx';
import styles from './toolbar.module.css';
import { ZoneSwitch } from './zone-switch.tsx';

/** What the chart shows and how, in one row. */
export function Toolbar() {
  return (
    <header>
      <h1 className="visually-hidden">Tapedeck</h1>
      <div className={styles.toolbar} role="toolbar" aria-label="Chart">
        <SymbolButton />
        <span className={styles.divider} />
        <TimeframeButtons />
        <span className={styles.divider} />
        <ZoneSwitch />
        <PriceScaleButtons />
        <span className={styles.divider} />
        <LayersMenu />
        <IndicatorsMenu />
        <CompareMenu />
        <ReplayButton />
        <GoToDate />
        <span className={styles.space} />
        <CommandButton command={openPalette} look="outlined" className={styles.find}>
          <IconSearch size={13} aria-hidden />
          <span className="visually-hidden">Find a command</span>{' '}
          <span className={styles.keys}>{isMac ? '⌘K' : 'Ctrl K'}</span>
        </CommandButton>
        <LinkSwitch />
        <ShareMenu />
        <AppearanceMenu />
        <PanelsMenu />
        <LayoutsMenu />
        <HelpMenu />
      </div>
    </header>
  );
}

/** Apart from the rest: menus need not be rendered for another symbol. */
function SymbolButton() {
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? 'Symbol');
  return (
    <CommandButton command={findSymbol} className={styles.symbol}>
      {symbol}
    </CommandButton>
  );
}

const comparingTitle = 'Symbols are compared in percent of the first bar on the screen';

function PriceScaleButtons() {
  const isComparing = useWorkbench((state) => state.comparison.lines.length > 0);
  const title = isComparing ? { title: comparingTitle } : {};
  return (
    <div role="group" aria-label="Price scale" className={`${styles.group} ${styles.scale}`}>
      <CommandButton command={scaleCommands.log} {...title}>
        log
      </CommandButton>
      <CommandButton command={scaleCommands.percent} {...title}>
        %
      </CommandButton>
    </div>
  );
}
