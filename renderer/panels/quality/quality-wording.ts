import { counted } from '#shared/counted';
import { formatCivilDate, parseCivilDate } from '#shared/domain/civil-date';
import type { DayCoverage, DayState } from '#shared/domain/quality';
import { formatCount } from '../../format/count.ts';
import { formatDate } from '../../format/time.ts';

export const stateWords: Readonly<Record<DayState, string>> = {
  complete: 'complete',
  partial: 'partial',
  missing: 'missing',
  closed: 'closed',
};

/** `Tue Sep 2 2025: partial, 360 of 390 bars`: what a cell of the calendar says. */
export function dayText({ day, state, found, expected, explained, extended, reason }: DayCoverage): string {
  const number = parseCivilDate(day) ?? 0;
  const date = `${formatDate(number)} ${formatCivilDate(number).slice(0, 4)}`;
  const facts = [
    ...(expected > 0 ? [`${formatCount(found)} of ${counted(expected, 'bar')}`] : []),
    ...(explained > 0 ? [`${formatCount(explained)} not expected`] : []),
    ...(extended > 0 ? [`${formatCount(extended)} outside regular hours`] : []),
    ...(reason === null ? [] : [reason]),
  ];
  return `${date}: ${[stateWords[state], ...facts].join(', ')}`;
}

/** `98.5 %`, cut and not rounded: only what is whole says 100. */
export function shareText(share: number | null): string {
  return share === null ? '–' : `${Math.floor(share * 1_000 + 1e-9) / 10} %`;
}
