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
  const payload = payloadOf(object);
  for (const key of ['text', 'label', 'name', 'kind', 'side', 'direction', 'type']) {
    const value = payload[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, 24);
  }
  return '';
}
