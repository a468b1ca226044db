import type { ObjectEvent, ObjectState } from '#shared/domain/chart-object';
import { byEvent } from './object-event.ts';

/** The last state of each object, laid out so that a window is answered by one pass over numbers. */
export class ObjectStates {
  readonly #states: readonly ObjectState[];
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;

  /** Events in the order of writing, list after list; those after `asOf` are not known yet. */
  constructor(lists: readonly (readonly ObjectEvent[])[], asOf = Infinity) {
    const last = new Map<string, ObjectEvent>();
    for (const events of lists) {
      for (const event of events) {
        if (event.event_ts > asOf) continue;
        const known = last.get(event.object_id);
        if (known === undefined || byEvent(known, event) <= 0) last.set(event.object_id, event);
      }
    }
    this.#states = [...last.values()].sort(
      (a, b) => a.t_start - b.t_start || (a.object_id < b.object_id ? -1 : 1),
    );
    const column = (read: (state: ObjectState) => number) => Float64Array.from(this.#states, read);
    this.#starts = column(({ t_start }) => t_start);
    this.#ends = column(({ t_end }) => t_end ?? Infinity);
    this.#lows = column(({ y_min, y_max, y }) => smallest([y_min, y_max, y]));
    this.#highs = column(({ y_min, y_max, y }) => -smallest([negated(y_min), negated(y_max), negated(y)]));
  }

  /** Objects that are open at or end after `from`, begin before `until`, and touch the price band if they have a price. */
  inWindow({
    from,
    until,
    band,
  }: {
    readonly from: number;
    readonly until: number;
    readonly band: { readonly min: number; readonly max: number } | null;
  }): ObjectState[] {
    const [min, max] = band === null ? [-Infinity, Infinity] : [band.min, band.max];
    const found: ObjectState[] = [];
    this.#states.forEach((state, index) => {
      if ((this.#starts[index] ?? 0) >= until || (this.#ends[index] ?? 0) < from) return;
      const low = this.#lows[index] ?? Infinity;
      // Without a price (Infinity) an object shows at any.
      if (low !== Infinity && (low > max || (this.#highs[index] ?? 0) < min)) return;
      found.push(state);
    });
    return found;
  }
}

function smallest(prices: readonly (number | null)[]): number {
  return Math.min(...prices.map((price) => price ?? Infinity));
}

function negated(price: number | null): number | null {
  return price === null ? null : -price;
}
