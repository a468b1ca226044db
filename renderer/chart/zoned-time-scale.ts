import { defaultHorzScaleBehavior, type TickMarkWeightValue, type TimeScalePoint } from 'lightweight-charts';
import { fromChartTime } from './chart-time.ts';
import { tickWeight } from './tick-weight.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A time scale whose days begin at midnight of a zone. Bars keep their UTC times: shifting them instead would give
 * an autumn night two bars for every minute of one hour.
 */
export class ZonedTimeScale extends defaultHorzScaleBehavior() {
  zone = 'UTC';

  override fillWeightsForPoints(points: readonly Writable<TimeScalePoint>[], startIndex: number): void {
    for (let index = startIndex; index < points.length; index += 1) {
      const point = points[index];
      if (point === undefined) continue;
      const at = fromChartTime(point.originalTime);
      const neighbour = points[index - 1] ?? points[1];
      const distance = neighbour === undefined ? 0 : Math.abs(at - fromChartTime(neighbour.originalTime));
      point.timeWeight = tickWeight(at - distance, at, this.zone) as TickMarkWeightValue;
    }
  }
}
