const pointed = /^(\d{4})[./](\d{2})[./](\d{2})(.*)$/;
const packed = /^(\d{4})(\d{2})(\d{2})(?:[ T;](\d{2}):?(\d{2})(?::?(\d{2}))?)?$/;
const dayFirst = /^(\d{2})\.(\d{2})\.(\d{4})(.*)$/;
const slashed = /^\d{1,2}\/\d{1,2}\/\d{2,4}/;

/** The spellings of dates that programs of the trade write, as ISO-8601; others as they are. */
export function isoSpelling(text: string): string {
  const match = pointed.exec(text) ?? packed.exec(text);
  if (match !== null && match.length === 5) return `${match[1]}-${match[2]}-${match[3]}${match[4] ?? ''}`;
  if (match !== null) {
    const [, year, month, day, hour, minute, second] = match;
    const date = `${year}-${month}-${day}`;
    return hour === undefined ? date : `${date} ${hour}:${minute}${second === undefined ? '' : `:${second}`}`;
  }
  const european = dayFirst.exec(text);
  if (european === null) return text;
  return `${european[3]}-${european[2]}-${european[1]}${european[4] ?? ''}`;
}

/** Whether it is a date of which nobody can tell the day from the month. */
export function isAmbiguousDate(text: string): boolean {
  return slashed.test(text);
}
