/** Half-open; of time in ms UTC, or of anything else that is counted. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** The same stretches in order, apart from one another: those that touch or overlap are one. */
export function joinStretches(stretches: readonly Stretch[]): Stretch[] {
  const joined: { from: number; until: number }[] = [];
  for (const { from, until } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (until <= from) continue;
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ from, until });
  }
  return joined;
}

/** What is left of a stretch without some others; these are in order and apart. */
export function withoutStretches(whole: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let { from } = whole;
  for (const other of others) {
    if (other.until <= from || other.from >= whole.until) continue;
    if (other.from > from) left.push({ from, until: other.from });
    from = other.until;
  }
  if (from < whole.until) left.push({ from, until: whole.until });
  return left;
}
