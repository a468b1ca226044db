/**
 * The places of rows in the order of `ts`, each `ts` once: of several rows the one that comes last. Null when the rows
 * are in that order already, which is nearly always so.
 *
 * Rows come as runs, one a file, each in order: runs are merged two by two, so that a thousand cost ten passes.
 */
export function laterWins(ts: Float64Array): Uint32Array | null {
  const starts = runStarts(ts);
  if (starts.length === 1) return null;
  let places = Uint32Array.from(ts, (_, index) => index);
  let runs = starts.map((start, index): Run => [start, starts[index + 1] ?? ts.length]);
  while (runs.length > 1) {
    const merged = new Uint32Array(places.length);
    const next: Run[] = [];
    let end = 0;
    for (let index = 0; index < runs.length; index += 2) {
      const start = end;
      end = mergeRuns(ts, places, runs[index] ?? nothing, runs[index + 1] ?? nothing, merged, start);
      next.push([start, end]);
    }
    places = merged;
    runs = next;
  }
  const [[, end] = nothing] = runs;
  return places.subarray(0, end);
}

/** From the first place up to, and without, the second. */
type Run = readonly [number, number];
const nothing: Run = [0, 0];

function runStarts(ts: Float64Array): number[] {
  const starts = [0];
  for (let index = 1; index < ts.length; index += 1) {
    if ((ts[index] ?? 0) <= (ts[index - 1] ?? 0)) starts.push(index);
  }
  return starts;
}

/** Writes both runs to `into` from `at` on; answers where they end. Of two rows with one `ts` the second run's is kept. */
function mergeRuns(
  ts: Float64Array,
  places: Uint32Array,
  [start, end]: Run,
  [laterStart, laterEnd]: Run,
  into: Uint32Array,
  at: number,
): number {
  const tsAt = (index: number, limit: number) => (index < limit ? (ts[places[index] ?? 0] ?? 0) : Infinity);
  let [left, right, count] = [start, laterStart, at];
  while (left < end || right < laterEnd) {
    const [earlier, later] = [tsAt(left, end), tsAt(right, laterEnd)];
    into[count] = places[later <= earlier ? right : left] ?? 0;
    count += 1;
    if (later <= earlier) right += 1;
    if (earlier <= later) left += 1;
  }
  return count;
}
