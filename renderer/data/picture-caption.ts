import { lowerBound } from '#shared/domain/candle';
import { timeframeLength } from '#shared/domain/timeframe';
import { formatInstant, formatTypedTime, zoneNameAt } from '../format/time.ts';
import type { BarWindow } from './bar-window.ts';

/** Two lines under a picture of a chart, so that it can be understood where the window is not. */
export interface PictureCaption {
  readonly title: string;
  readonly detail: string;
}

export interface PictureSubject {
  readonly window: BarWindow;
  /** The edges of the screen, ms UTC; null paints what is loaded. */
  readonly view: { readonly from: number; readonly until: number } | null;
  readonly zone: string;
  readonly store: string;
  readonly isDemo: boolean;
  /** What is drawn beside candles and objects, by name: a picture has no legend. */
  readonly drawn: readonly string[];
  /** The chart shows what was known by then; null is now. */
  readonly asOf: number | null;
}

/** Says which bars the picture shows, and how they are to be read. With no bar on the screen it names no range. */
export function pictureCaption(subject: PictureSubject): PictureCaption {
  const { window, zone, store, isDemo, drawn, asOf } = subject;
  const { symbol, timeframe } = window.key;
  const made = window.source === timeframe ? timeframe : `${timeframe} from ${window.source}`;
  const range = shownRange(subject);
  return {
    title: [symbol, made, ...(range === null ? [] : [formatRange(range, zone)])].join(' · '),
    detail: [
      ...(drawn.length === 0 ? [] : [drawn.join(', ')]),
      ...(asOf === null ? [] : [`as it was known at ${formatInstant(asOf, zone)}`]),
      `times in ${zone}`,
      `${isDemo ? 'demo data, ' : ''}store ${store}`,
    ].join(' · '),
  };
}

/** From the open of the first bar on the screen to the close of the last: a screen may reach beyond both. */
function shownRange({ window, view }: PictureSubject) {
  const { ts } = window.bars;
  const first = ts[view === null ? 0 : lowerBound(ts, view.from)];
  const last = ts[(view === null ? ts.length : lowerBound(ts, view.until)) - 1];
  if (first === undefined || last === undefined || last < first) return null;
  return { from: first, until: last + timeframeLength(window.key.timeframe) };
}

function formatRange(
  { from, until }: { readonly from: number; readonly until: number },
  zone: string,
): string {
  const [before, after] = [zoneNameAt(zone, from), zoneNameAt(zone, until)];
  const start = `${formatTypedTime(from, zone)}${before === after ? '' : ` ${before}`}`;
  return `${start} – ${formatTypedTime(until, zone)} ${after}`;
}
