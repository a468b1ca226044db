import { expectedBarCount, expectedOpens, type CalendarId } from '#shared/domain/session-calendar';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import type { Dataset } from '#schemas/define-dataset';
import type { GlobalXSlots } from '../engine/merge-files.ts';
import { periodRange } from '../storage/layout.ts';

/**
 * The running index of the 15m bars that symbols can have in a period; nothing for other timeframes and datasets.
 *
 * It counts the slots of the symbol's regular sessions since 1970, not the bars that happen to be stored: a day that is
 * filled in later cannot shift those after it. Bars outside the regular session have none.
 */
export function globalXSlots(
  dataset: Dataset,
  timeframe: string,
  period: string,
  symbols: Iterable<string>,
  calendarOf: (symbol: string) => CalendarId,
): GlobalXSlots[] {
  const parsed = parseTimeframe(timeframe);
  if (!('global_x' in dataset.columns) || parsed !== '15m') return [];
  const { from, until } = periodRange(period);
  const range = { from: epochMs(from), until: epochMs(until) };
  const start = epochMs(0);
  return [...new Set(symbols)].map((symbol) => {
    const calendar = calendarOf(symbol);
    return {
      symbol,
      firstIndex:
        from >= start
          ? expectedBarCount(calendar, parsed, { from: start, until: range.from })
          : -expectedBarCount(calendar, parsed, { from: range.from, until: start }),
      opens: [...expectedOpens(calendar, parsed, range)],
    };
  });
}
