/** An identifier for SQL text. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal for SQL text, for statements such as COPY that take no parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

let scratchTables = 0;

/** A table name that no other work on the same connection uses. */
export function scratchName(): string {
  scratchTables += 1;
  return `scratch_${scratchTables}`;
}

/** A number or text literal. */
export function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : quoteText(value);
}

/** The UTC spelling of an instant in ms, as `ts_iso` has it. */
export function isoSql(ms: string): string {
  return `strftime(epoch_ms(${ms}), '%Y-%m-%dT%H:%M:%S.%gZ')`;
}
