export interface DayRows {
  /** UTC day, `2025-09-02`. */
  readonly day: string;
  readonly rows: number;
}

export interface PlannedPeriod {
  readonly level: 'day' | 'month';
  /** `2025-09-02` or `2025-09`. */
  readonly period: string;
}

/** A month of which more days than this come is one file: a year of days would be hundreds of small ones. */
const mostDayFiles = 4;

/** Which files new bars go to: a month's, or those of its days where there are few. */
export function planPeriods(days: readonly DayRows[]): readonly PlannedPeriod[] {
  const months = new Map<string, string[]>();
  for (const { day, rows } of days) {
    if (rows === 0) continue;
    const month = day.slice(0, 7);
    const known = months.get(month);
    if (known === undefined) months.set(month, [day]);
    else known.push(day);
  }
  return [...months].flatMap(([month, own]): PlannedPeriod[] =>
    own.length > mostDayFiles
      ? [{ level: 'month', period: month }]
      : own.map((day) => ({ level: 'day', period: day })),
  );
}
