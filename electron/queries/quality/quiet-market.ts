import type { CalendarId } from '#shared/domain/session-calendar';
import type { AbsentRun, CoveredDay } from './cover-sessions.ts';

/** After such a share of bars the next one is there as well in a market that is busy. Currencies have quotes, not trades. */
const busyShares: Readonly<Record<CalendarId, number>> = { 'us-equity': 0.95, crypto: 0.95, fx: 0.999 };
/** Fewer interruptions than this say nothing of a market. */
const leastBreaks = 10;
/** Chance explains a stretch as long as this once in a hundred such years. */
const oddsOfLongest = 0.01;

/**
 * The most bars in a row that may be absent because nobody traded; 0 in a market that is busy.
 *
 * Where each bar is there with chance p, of N of them N·p·(1 − p)^n stretches without any are n bars long or longer. How
 * often a bar is followed by another one tells p; how many there are does not, since one long outage would lower it.
 */
export function longestQuiet(
  calendar: CalendarId,
  days: readonly CoveredDay[],
  absent: readonly AbsentRun[],
): number {
  const traded = days.filter(({ slots, found }) => slots > 0 && found > 0);
  const [slots, found] = traded.reduce(([all, there], day) => [all + day.slots, there + day.found], [0, 0]);
  const breaks = absent.filter((run) => isBetweenBars(run, days)).length;
  const share = 1 - breaks / found;
  if (breaks < leastBreaks || share >= busyShares[calendar]) return 0;
  return Math.max(0, Math.ceil(Math.log(oddsOfLongest / (slots * share)) / Math.log(1 - share)) - 1);
}

function isBetweenBars({ day, from, until }: AbsentRun, days: readonly CoveredDay[]): boolean {
  const covered = days[day];
  return covered !== undefined && from > covered.from && until < covered.until;
}

/** Parts runs into those that are missing and, by day, the bars that a quiet market explains. */
export function withoutQuiet(
  calendar: CalendarId,
  days: readonly CoveredDay[],
  absent: readonly AbsentRun[],
): { readonly missing: readonly AbsentRun[]; readonly quietBars: Int32Array } {
  const quietBars = new Int32Array(days.length);
  const longest = longestQuiet(calendar, days, absent);
  const missing = absent.filter(({ day, bars }) => {
    // A day without a single bar is no quiet day, however short it is.
    if (bars > longest || days[day]?.found === 0) return true;
    quietBars[day] = (quietBars[day] ?? 0) + bars;
    return false;
  });
  return { missing, quietBars };
}
