import { findingKinds, mostFindings, type Finding, type FindingKind } from '#shared/domain/quality';

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** Gathers findings: neighbours of one kind become one, all are counted, and of each kind the first so many are kept. */
export class FindingList {
  readonly #rows = new Map<FindingKind, number>();
  readonly #kept = new Map<FindingKind, Mutable<Finding>[]>();
  readonly #lastPlace = new Map<FindingKind, number>();
  readonly #limit: number;

  constructor(limit = mostFindings) {
    this.#limit = limit;
  }

  /** `place` counts bars in order: the next one after that of a finding is part of it, if it says the same. */
  add(kind: FindingKind, place: number, ts: number, detailOf: () => string): void {
    this.#rows.set(kind, (this.#rows.get(kind) ?? 0) + 1);
    const kept = this.#kept.get(kind) ?? [];
    const last = kept.at(-1);
    const isNext = this.#lastPlace.get(kind) === place - 1;
    this.#lastPlace.set(kind, place);
    if (kept.length >= this.#limit && !isNext) return;
    const detail = detailOf();
    if (isNext && last?.detail === detail) {
      last.through = ts;
      last.rows += 1;
      return;
    }
    if (kept.length >= this.#limit) return;
    kept.push({ kind, from: ts, through: ts, rows: 1, detail, objectId: null });
    this.#kept.set(kind, kept);
  }

  get findings(): readonly Finding[] {
    return findingKinds.flatMap((kind) => this.#kept.get(kind) ?? []);
  }

  get rows(): Readonly<Record<FindingKind, number>> {
    return rowCounts((kind) => this.#rows.get(kind) ?? 0);
  }
}

/** One count for each kind of finding, also for those of which there is none. */
export function rowCounts(count: (kind: FindingKind) => number): Readonly<Record<FindingKind, number>> {
  return Object.fromEntries(findingKinds.map((kind) => [kind, count(kind)])) as Record<FindingKind, number>;
}
