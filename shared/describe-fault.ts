import { counted } from './counted.ts';
import { z } from 'zod';

z.config({ customError: plainFault });

/** What a check found, in one line: each fault with the place it is at, which is below `place` when that is given. */
export function describeFault({ issues }: z.ZodError, place?: string): string {
  const above = place === undefined ? [] : [place];
  return issues
    .map(({ path, message }) =>
      [...[[...above, ...path.map(String)].join('.')].filter(Boolean), message].join(': '),
    )
    .join('; ');
}

/** What is wrong in plain words, where a check has no words of its own; undefined leaves it to the library. */
function plainFault(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${wordOf(issue.expected)}, is ${kindOf(issue.input)}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return sizeFault(issue, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return sizeFault(issue, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'unrecognized_keys':
      return `has no field ${issue.keys.join(', ')}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'is not a date such as 2025-09-02' : undefined;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return undefined;
  }
}

function sizeFault({ origin }: { readonly origin: string }, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `must have ${bound} ${counted(Number(limit), 'character')}`;
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return `must have ${bound} ${counted(Number(limit), 'entry', 'entries')}`;
  return `must be ${bound} ${limit}`;
}

const words: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function wordOf(type: string): string {
  return words[type] ?? type;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return `the text ${JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value)}`;
  return wordOf(typeof value);
}
