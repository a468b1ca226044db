import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import type { SharedFocus } from '#shared/domain/window-purpose';
import type { WorkbenchState } from './store.ts';

/** What a window looks at, for those that are linked with it; null before it looks at anything. */
export function focusOf({ chart, selection, settings, window }: WorkbenchState): SharedFocus | null {
  const { key, view, isFollowing, asOf } = chart;
  if (key === null) return null;
  const placement = chart.window?.placement ?? null;
  const wentTo = window.paintChart === null && placement?.kind === 'around' ? placement.at : null;
  const { selected } = selection;
  return {
    ...key,
    view: view === null || wentTo !== null ? null : { from: view.from, until: view.until },
    at: wentTo,
    asOf,
    isFollowing,
    objectId: selected?.symbol === key.symbol ? selected.object_id : null,
    shown: window.paintChart === null ? null : shownBy(settings),
  };
}

/**
 * True when two windows are on the same series, object and instant, wherever on the time axis they are, and their charts
 * show the same objects.
 */
export function isSameSubject(a: SharedFocus, b: SharedFocus): boolean {
  return (
    a.symbol === b.symbol &&
    a.timeframe === b.timeframe &&
    a.objectId === b.objectId &&
    a.at === b.at &&
    a.asOf === b.asOf &&
    (a.shown === null || b.shown === null || JSON.stringify(a.shown) === JSON.stringify(b.shown))
  );
}

function shownBy({ layers, objectFilters }: WorkbenchState['settings']): SharedFocus['shown'] {
  const { zone, level, marker, flag } = layers;
  return { layers: { zone, level, marker, flag }, filters: objectFilters };
}

/** Edges of the screen are told by bars: less than one of them is no movement. */
export function isSamePlace(a: SharedFocus, b: SharedFocus): boolean {
  const timeframe = parseTimeframe(b.timeframe);
  const bar = timeframe === null ? 1 : timeframeLength(timeframe);
  const isNear = (x: number | undefined, y: number | undefined) =>
    x === y || (x !== undefined && y !== undefined && Math.abs(x - y) < bar);
  return isNear(a.view?.from, b.view?.from) && isNear(a.view?.until, b.view?.until);
}
