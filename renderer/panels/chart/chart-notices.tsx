import { counted } from '#shared/counted';
import { IconAlertTriangle, IconChevronsRight } from '@tabler/icons-react';
import { objectTypes } from '#shared/domain/chart-object';
import { sumOf } from '../../data/object-counts.ts';
import { shownObjects } from '../../data/object-filter.ts';
import { timeframesOf } from '../../data/timeframes.ts';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import { mostNewBars } from '../../state/live-slice.ts';
import { showTimeframe } from '../../state/show-series.ts';
import { goLive } from '../../state/commands/chart-commands.ts';
import type { WorkbenchState } from '../../state/store.ts';
import { useRested } from '../../state/use-rested.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Chip } from '../../ui/chip.tsx';
import { errorWording } from '../../ui/error-wording.ts';
import { tipOf } from '../command-button.tsx';
import { useMemo } from 'react';
import { CalendarOffer } from './calendar-offer.tsx';
import styles from './chart-panel.module.css';

const screenEnd = ({ chart }: WorkbenchState) => chart.view?.until ?? Infinity;

/** What has to be said of what the chart shows. */
export function ChartNotices() {
  return (
    <div className={styles.notices} role="status">
      <Problem />
      <Emptiness />
      <Unreadable />
      <Faults />
      <LeftOut />
      <LaterObjects />
      <CalendarOffer />
      <CoarserTimeframe />
    </div>
  );
}

function Problem() {
  const problem = useWorkbench((state) => state.chart.problem);
  const retry = useWorkbench((state) => state.chart.retry);
  if (problem === null) return null;
  return (
    <Chip tone="danger" title={`${problem.code}: ${problem.message}`} onClick={retry}>
      <IconAlertTriangle size={12} aria-hidden /> {errorWording[problem.code]} {problem.message} · Try again
    </Chip>
  );
}

function Emptiness() {
  const window = useWorkbench((state) => state.chart.window);
  const goLive = useWorkbench((state) => state.chart.goLive);
  if (window === null || window.bars.ts.length > 0) return null;
  const { symbol, timeframe } = window.key;
  if (window.asOf !== null)
    return <Chip tone="warn">{`No ${timeframe} bar of ${symbol} was known here yet`}</Chip>;
  if (window.extent === null) {
    const count = window.objects.length;
    const listed = `: its ${count === 1 ? 'object is' : `${formatCount(count)} objects are`} in the Objects list`;
    return <Chip tone="warn">{`${symbol} has no ${timeframe} bars${count === 0 ? '' : listed}`}</Chip>;
  }
  return (
    <Chip tone="warn" onClick={goLive}>
      No bars here · Go to the newest
    </Chip>
  );
}

function Unreadable() {
  const files = useWorkbench((state) => state.chart.window?.unreadable ?? null);
  if (files === null || files.length === 0) return null;
  const named = files.map(({ path, reason }) => `${path}: ${reason}`).join('\n');
  const first = files[0]?.path ?? '';
  return (
    <Chip tone="warn" title={named}>
      <IconAlertTriangle size={12} aria-hidden />
      {files.length === 1
        ? `${first} could not be read`
        : `${first} and ${files.length - 1} more could not be read`}
    </Chip>
  );
}

function Faults() {
  const faults = useWorkbench((state) => state.chart.faults);
  if (faults === null) return null;
  const said = [
    faults.hasTooManyGaps === true ? 'Too many bars are missing to leave room for them: gaps are closed' : '',
    faults.blank === 0 ? '' : `${counted(faults.blank, 'bar has', 'bars have')} prices that cannot be drawn`,
    faults.upsideDown === 0
      ? ''
      : `${counted(faults.upsideDown, 'bar has', 'bars have')} their high below their low`,
  ].filter((text) => text !== '');
  if (said.length === 0) return null;
  return <Chip tone="warn">{said.join(' · ')}</Chip>;
}

/** The cap, filters and missing prices leave objects out; a layer that is off is no news. */
function LeftOut() {
  const counts = useWorkbench((state) => state.chart.counts);
  const layers = useWorkbench((state) => state.settings.layers);
  if (counts === null) return null;
  const on = objectTypes.filter((type) => layers[type]).map((type) => counts[type]);
  const { total, shown, filtered, unpriced } = sumOf(on);
  if (shown >= total) return null;
  const capped = total - shown - filtered - unpriced;
  const reasons = [
    capped === 0 ? '' : `${formatCount(capped)} more than can be drawn at once: zoom in, or filter them`,
    filtered === 0 ? '' : `${formatCount(filtered)} held back by filters (Layers menu)`,
    unpriced === 0 ? '' : `${formatCount(unpriced)} without a price to be drawn at`,
  ].filter((reason) => reason !== '');
  return (
    <Chip tone={capped + unpriced > 0 ? 'warn' : 'quiet'} title={reasons.join('\n')}>
      Showing {formatCount(shown)} of {counted(total, 'object')}
      {capped === 0 && unpriced > 0 && ` · ${formatCount(unpriced)} without a price`}
    </Chip>
  );
}

/** Objects that begin later than the screen ends are nowhere to be seen, however far one looks back. */
function LaterObjects() {
  const window = useWorkbench((state) => state.chart.window);
  const isFollowing = useWorkbench((state) => state.chart.isFollowing);
  const until = useRested(screenEnd);
  const layers = useWorkbench((state) => state.settings.layers);
  const filters = useWorkbench((state) => state.settings.objectFilters);
  const zone = useWorkbench((state) => state.settings.zone);
  const select = useWorkbench((state) => state.selection.select);
  const later = useMemo(
    () =>
      shownObjects(window?.objects ?? [], layers, filters)
        .filter(({ t_start, t_end }) => Math.min(t_start, t_end ?? Infinity) > until)
        .sort((a, b) => a.t_start - b.t_start),
    [window, layers, filters, until],
  );
  const [first] = later;
  if (!isFollowing || first === undefined) return null;
  const named = later
    .slice(0, 12)
    .map(({ object_id: id, t_start: at }) => `${id}: ${formatInstant(at, zone)}`);
  return (
    <Chip title={['A click inspects the first of them', ...named].join('\n')} onClick={() => select(first)}>
      {counted(later.length, 'object begins', 'objects begin')} later than the screen ends
    </Chip>
  );
}

/** At the end of the zoom the next longer bars are offered, never put on unasked. */
function CoarserTimeframe() {
  const store = useWorkbenchStore();
  const key = useWorkbench((state) => state.chart.key);
  const isFull = useWorkbench(
    ({ chart: { view, screenBars } }) =>
      view !== null && view.barsVisible >= Math.min(2_850, screenBars * 11.4),
  );
  const catalog = useWorkbench((state) => state.catalog);
  const resolution = useWorkbench((state) => state.settings.resolution);
  if (key === null || !isFull || resolution === 'auto') return null;
  const offered = timeframesOf(symbolIn(catalog, key.symbol));
  const next = offered[offered.indexOf(key.timeframe) + 1];
  if (next === undefined) return null;
  return (
    <Chip tone="accent" onClick={() => showTimeframe(store, next)}>
      {next} fits this span
    </Chip>
  );
}

/** The way back to the newest bar, with how many came in meanwhile. */
export function GoLive() {
  const isFollowing = useWorkbench((state) => state.chart.isFollowing);
  const store = useWorkbenchStore();
  const hasView = useWorkbench((state) => state.chart.view !== null);
  const newBars = useWorkbench((state) => state.live.newBars);
  const isPast = useWorkbench((state) => state.chart.asOf !== null);
  if (isFollowing || !hasView) return null;
  const more = newBars === mostNewBars ? 'or more ' : '';
  return (
    <div className={styles.live} role="status">
      <Chip tone="accent" title={tipOf(goLive)} onClick={() => void goLive.run(store, '')}>
        {newBars > 0 && `${counted(newBars, `${more}new bar`)} · `}
        {isPast ? 'Newest then' : newBars > 0 ? 'Go live' : 'Newest'}{' '}
        <IconChevronsRight size={12} aria-hidden />
      </Chip>
    </div>
  );
}
