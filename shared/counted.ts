/**
 * A count with its noun: `1 file`, `8,341 files`. `one` and `many` may say more than a noun: `1 row is`, `2 rows are`; where
 * there is no `many`, it is `one` with an s.
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** The number alone, in the same spelling. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
