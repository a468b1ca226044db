import { parseInstant } from '#shared/domain/zone-time';
import type { EpochMs } from '#shared/units';

export type TypedTime =
  { readonly ok: true; readonly ts: EpochMs } | { readonly ok: false; readonly fault: string };

/** Reads a time as it is typed into a field, in the zone that is shown. A fault says what to do about it. */
export function readTypedTime(typed: string, zone: string): TypedTime {
  const text = typed.trim();
  const parsed = parseInstant(text, zone);
  if (parsed.ok) return { ok: true, ts: parsed.ts };
  const isDate = /^\d{4}-\d{1,2}-\d/.test(text) || /^-?\d{9,}$/.test(text);
  return {
    ok: false,
    fault: isDate
      ? `That ${parsed.reason}`
      : 'Write a date as 2025-09-05, or with a time as 2025-09-05 14:30',
  };
}
