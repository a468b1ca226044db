import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';
import { CompareMenu } from './compare-menu.tsx';
import { GoToDate } from './go-to-date.tsx';
import { IndicatorsMenu } from './indicators-menu.tsx';
import { LayersMenu } from './layers-menu.tsx';
import { LinkSwitch } from './link-switch.tsx';
import { PanelsMenu } from './panels-menu.tsx';
import { ShareMenu } from './share-menu.tsx';
import { ReplayButton } from './replay-button.tsx';
import { TimeframeButtons } from './timeframe-buttons.tsx';
import styles from './toolbar.module.css';
import { ZoneSwitch } from './zone-switch.tsx';

/** What the chart shows and how, in one row. */
export function Toolbar() {
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const ask = useWorkbench((state) => state.workspace.ask);
  return (
    <header>
      <h1 className="visually-hidden">Tapedeck</h1>
      <div className={styles.toolbar} role="toolbar" aria-label="Chart">
        <TextButton
          className={styles.symbol}
          title="Choose a symbol (or just type its first letters)"
          onClick={() => ask({ kind: 'search', typed: '' })}
        >
          {symbol ?? 'Symbol'}
        </TextButton>
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
        <LinkSwitch />
        <ShareMenu />
        <AppearanceMenu />
        <PanelsMenu />
      </div>
    </header>
  );
}

const comparingTitle = 'Symbols are compared in percent of the first bar on the screen';

function PriceScaleButtons() {
  const ownScale = useWorkbench((state) => state.settings.priceScale);
  const isComparing = useWorkbench((state) => state.comparison.lines.length > 0);
  const change = useWorkbench((state) => state.settings.change);
  const priceScale = isComparing ? 'percent' : ownScale;
  const toggle = (scale: 'log' | 'percent') =>
    change({ priceScale: priceScale === scale ? 'linear' : scale });
  return (
    <div role="group" aria-label="Price scale" className={styles.group}>
      <TextButton
        isOn={priceScale === 'log'}
        disabled={isComparing}
        title={isComparing ? comparingTitle : 'Logarithmic prices'}
        onClick={() => toggle('log')}
      >
        log
      </TextButton>
      <TextButton
        isOn={priceScale === 'percent'}
        disabled={isComparing}
        title={isComparing ? comparingTitle : 'Prices as percent of the first bar on the screen'}
        onClick={() => toggle('percent')}
      >
        %
      </TextButton>
    </div>
  );
}
