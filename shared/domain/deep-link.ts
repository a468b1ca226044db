import { epochMs, type EpochMs } from '../units.ts';
import { parseTimeframe, type Timeframe } from './timeframe.ts';
import { formatIsoUtc, parseInstant } from './zone-time.ts';

/** A place in a store that can be sent to somebody: a series, and perhaps an instant and an object of it. */
export interface DeepLink {
  readonly symbol: string;
  /** Null leaves it to the window. */
  readonly timeframe: Timeframe | null;
  /** To be in the middle of the chart. */
  readonly at: EpochMs | null;
  readonly objectId: string | null;
}

/** A link as it was read, or one sentence about why it is not followed. */
export type ReadLink =
  { readonly ok: true; readonly link: DeepLink } | { readonly ok: false; readonly reason: string };

export const linkScheme = 'tapedeck';

const longestLink = 2_000;
const longestSymbol = 64;
const longestObjectId = 256;
const names = ['symbol', 'tf', 't', 'object'] as const;
type Name = (typeof names)[number];

/** True for what claims to be one of our links, right or wrong. */
export function looksLikeLink(text: string): boolean {
  return text.slice(0, linkScheme.length + 1).toLowerCase() === `${linkScheme}:`;
}

/**
 * Reads `tapedeck://chart?symbol=SPY&tf=5m&t=2025-09-02T13:30:00Z&object=ID`; `t` may be ms since 1970, too.
 *
 * Links come from anywhere, so nothing is guessed: an unknown or doubled field, a fault in the encoding, or a value that
 * no store could hold refuses the whole of it.
 */
export function readDeepLink(text: string): ReadLink {
  if (text.length > longestLink) return refuse(`is longer than ${longestLink} characters`);
  const query = /^tapedeck:\/\/chart\/?\?([^#?]*)$/i.exec(text)?.[1];
  if (query === undefined) return refuse('does not have the form tapedeck://chart?symbol=…');
  const values = new Map<Name, string>();
  for (const pair of query.split('&')) {
    const [, name, encoded] = /^([a-z]{1,10})=([^=]*)$/.exec(pair) ?? [];
    const known = names.find((each) => each === name);
    if (known === undefined || encoded === undefined) return refuse(`may hold ${names.join(', ')} only`);
    if (values.has(known)) return refuse(`gives ${known} twice`);
    const value = decoded(encoded);
    if (value === null) return refuse(`has a ${known} that is not encoded as a link's must be`);
    values.set(known, value);
  }
  return linkOf(values);
}

/** The link as text that any program leaves in one piece. */
export function formatDeepLink({ symbol, timeframe, at, objectId }: DeepLink): string {
  const fields: readonly (readonly [Name, string | null])[] = [
    ['symbol', symbol],
    ['tf', timeframe],
    ['t', at === null ? null : formatIsoUtc(at)],
    ['object', objectId],
  ];
  const given = fields.flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`],
  );
  return `${linkScheme}://chart?${given.join('&')}`;
}

function linkOf(values: ReadonlyMap<Name, string>): ReadLink {
  const symbol = values.get('symbol') ?? '';
  if (symbol === '' || symbol.length > longestSymbol || /[^\x21-\x7e]/.test(symbol)) {
    return refuse('names no symbol that a store could hold');
  }
  const tf = values.get('tf');
  const timeframe = tf === undefined ? null : parseTimeframe(tf);
  if (tf !== undefined && timeframe === null) return refuse('has a tf that is no timeframe (5m, 1h, 1d)');
  const t = values.get('t');
  // A wall time would be another instant for whoever receives the link.
  const at = t === undefined ? null : parseInstant(t, 'UTC');
  if (at !== null && (!at.ok || at.assumedZone)) {
    return refuse('has a t that is neither an ISO-8601 time with an offset nor ms since 1970');
  }
  const objectId = values.get('object') ?? null;
  if (objectId !== null && (objectId === '' || objectId.length > longestObjectId || hasControl(objectId))) {
    return refuse('names no object that a store could hold');
  }
  return { ok: true, link: { symbol, timeframe, at: at?.ok === true ? epochMs(at.ts) : null, objectId } };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function hasControl(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(text);
}

function refuse(reason: string): ReadLink {
  return { ok: false, reason: `The link ${reason}.` };
}
