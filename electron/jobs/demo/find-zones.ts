import type { ObjectEvent } from '#shared/domain/chart-object';
import { valueAt, type DetectionSeries } from './detection-series.ts';
import { createHistories, type ObjectHistory, type ObjectShape } from './object-history.ts';
import { roundTo } from './round-to.ts';

export interface ZoneRules {
  /** Bars on either side of a swing that must not go beyond it. */
  readonly swing: number;
  /** How far price must leave the swing, in average true ranges. */
  readonly departure: number;
  /** Untouched bars after which a zone is given up. */
  readonly patience: number;
}

interface Zone {
  readonly history: ObjectHistory;
  readonly side: 'demand' | 'supply';
  readonly from: number;
  readonly strength: number;
  low: number;
  high: number;
  touches: number;
  isTouched: boolean;
  lastIndex: number;
}

const mostTouches = 4;

/**
 * Supply and demand zones at swing points: created when price has left the swing, updated and widened when it comes
 * back, closed when a bar closes beyond them, when they are used up, or when nobody comes back.
 */
export function findZones(series: DetectionSeries, rules: ZoneRules): readonly ObjectEvent[] {
  const histories = createHistories(series, 'zone');
  let open: readonly Zone[] = [];
  for (let index = 0; index < series.bars.ts.length; index += 1) {
    open = open.filter((zone) => survives(zone, series, index, rules));
    for (const side of ['demand', 'supply'] as const) {
      const found = swingZone(series, index, side, rules);
      if (found === null || open.some((zone) => overlap(zone, found))) continue;
      const zone: Zone = {
        ...found,
        history: histories.open(),
        touches: 0,
        isTouched: false,
        lastIndex: index,
      };
      zone.history.atBar('create', index, shapeOf(zone, 'fresh'), 'swing');
      open = [...open, zone];
    }
  }
  return histories.events;
}

function swingZone(
  series: DetectionSeries,
  index: number,
  side: Zone['side'],
  { swing, departure }: ZoneRules,
) {
  const { bars, range } = series;
  const pivot = index - swing;
  const unit = valueAt(range, pivot);
  if (pivot < swing || Number.isNaN(unit)) return null;
  // Supply is demand upside down.
  const sign = side === 'demand' ? 1 : -1;
  const [near, far] = sign === 1 ? [bars.low, bars.high] : [bars.high, bars.low];
  const tip = valueAt(near, pivot) * sign;
  let left = -Infinity;
  for (let at = pivot - swing; at <= index; at += 1) {
    if (valueAt(near, at) * sign < tip) return null;
    if (at > pivot) left = Math.max(left, valueAt(far, at) * sign);
  }
  const strength = (left - tip) / unit;
  if (strength < departure) return null;
  const body = Math.min(valueAt(bars.open, pivot) * sign, valueAt(bars.close, pivot) * sign);
  const edge = Math.min(Math.max(body, tip + 0.3 * unit), tip + 0.9 * unit);
  const [low, high] = sign === 1 ? [tip, edge] : [-edge, -tip];
  return { side, low, high, strength, from: valueAt(bars.ts, pivot) };
}

/** Lets a bar act on a zone, writes what came of it, and says whether the zone lives on. */
function survives(zone: Zone, series: DetectionSeries, index: number, { patience }: ZoneRules): boolean {
  const low = valueAt(series.bars.low, index);
  const high = valueAt(series.bars.high, index);
  const close = valueAt(series.bars.close, index);
  const isDemand = zone.side === 'demand';
  const end = (how: string) => {
    zone.history.atBar('close', index, shapeOf(zone, how), how);
    return false;
  };
  if (isDemand ? close < zone.low : close > zone.high) return end('broken');
  const isTouched = isDemand ? low <= zone.high : high >= zone.low;
  const isNew = isTouched && !zone.isTouched;
  const isWider = isDemand ? low < zone.low : high > zone.high;
  zone.isTouched = isTouched;
  if (isNew) zone.touches += 1;
  if (isTouched) zone.lastIndex = index;
  if (isWider && isDemand) zone.low = low;
  else if (isWider) zone.high = high;
  if (zone.touches > mostTouches) return end('used-up');
  if (index - zone.lastIndex > patience) return end('expired');
  if (isWider || isNew) {
    zone.history.atBar('update', index, shapeOf(zone, 'tested'), isWider ? 'widened' : 'touched');
  }
  return true;
}

function overlap(a: { readonly low: number; readonly high: number }, b: typeof a): boolean {
  return a.low <= b.high && b.low <= a.high;
}

function shapeOf({ side, from, low, high, touches, strength }: Zone, status: string): ObjectShape {
  const label = side === 'demand' ? 'Demand' : 'Supply';
  return { from, low, high, payload: { side, label, status, touches, strength: roundTo(strength, 2) } };
}
