import {
  choice,
  defineDataset,
  instant,
  isoOf,
  json,
  optional,
  schemaVersion,
  symbol,
  text,
  timeframe,
} from '../define-dataset.ts';

/** What came of a check. */
export const auditOutcomes = ['pass', 'warn', 'fail'] as const;

export const audits = defineDataset({
  name: 'audits',
  version: 1,
  doc: 'Checks that a program made of its own decisions and state, each with what came of it.',
  folder: 'audits',
  columns: {
    symbol: symbol('The instrument that was checked.'),
    timeframe: timeframe('Bars that the check is about; upper and lower case mean the same.'),
    run_id: text('The run of the program that checked.', 128),
    audit_id: text('Name of the check within its run.', 256),
    ts: instant('When it was made, ms since 1970 in UTC.'),
    ts_iso: isoOf('ts', 'The same instant as UTC ISO-8601 with milliseconds.'),
    rule: text('What was checked: max-position, stale-data.', 128),
    outcome: choice(auditOutcomes, 'What came of it.'),
    decision_id: optional(text('The decision of the same run that was checked.', 256)),
    message: optional(text('What was found, in the words of the program.')),
    payload: optional(json('Whatever else the program knows, as JSON text.')),
    schema_version: schemaVersion(),
  },
  key: ['run_id', 'audit_id', 'ts'],
  sortedBy: ['symbol', 'ts', 'run_id', 'audit_id'],
  instant: 'ts',
  levels: ['part', 'day', 'month', 'year'],
  priceLow: [],
  priceHigh: [],
  check: () => null,
});
