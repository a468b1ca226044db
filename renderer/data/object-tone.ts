import type { JsonValue, ObjectState } from '#shared/domain/chart-object';

/** Which way an object points, as far as its payload says: it decides the colour. */
export type Tone = 'up' | 'down' | 'neutral';

const upWords = new Set(['up', 'bull', 'bullish', 'buy', 'long', 'demand', 'support']);
const downWords = new Set(['down', 'bear', 'bearish', 'sell', 'short', 'supply', 'resistance']);

/** A payload as a record; empty for one that is text, a number or a list. */
export function payloadOf(object: ObjectState): Readonly<Record<string, JsonValue | undefined>> {
  const { payload } = object;
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? (payload as Readonly<Record<string, JsonValue>>)
    : {};
}

/** From the first payload field that has a word for up or down, whatever its case; `neutral` when none has one. */
export function toneOf(object: ObjectState): Tone {
  const { side, direction, kind, zone_type: zoneType, type } = payloadOf(object);
  for (const value of [side, direction, kind, zoneType, type]) {
    if (typeof value !== 'string') continue;
    const word = value.toLowerCase();
    if (upWords.has(word)) return 'up';
    if (downWords.has(word)) return 'down';
  }
  return 'neutral';
}

/** A word or two to write on the chart: the payload's own text, else what it says it is. */
export function labelOf(object: ObjectState): string {
  return firstText(object, ['text', 'label', 'name', 'kind', 'side', 'direction', 'type']).slice(0, 24);
}

/** The first of some payload fields that has text, without the room around it; empty when none has. */
export function firstText(object: ObjectState, fields: readonly string[]): string {
  const payload = payloadOf(object);
  for (const field of fields) {
    const value = payload[field];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}
