import { closedReason, lastTradingDay, utcDaysOf } from '#shared/domain/trading-day';
import type { CalendarId } from '#shared/domain/session-calendar';
import { parseResolution } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import type { CompactionRequest } from '#shared/ipc';
import { datasets, findDataset } from '#schemas/index';
import type { Dataset } from '#schemas/define-dataset';
import type { FileEntry } from '../storage/file-entry.ts';
import { firstCompactedLevel, levelOfPeriod } from '../storage/layout.ts';
import { planCompaction, type CompactionScope, type Merge } from '../storage/plan-compaction.ts';

type PartitionChoice = NonNullable<CompactionRequest['only']>[number];

/** What a request asks for, dataset by dataset. Wrong arguments are refused, each by its name. */
export function planMerges(
  files: readonly FileEntry[],
  request: CompactionRequest,
  { calendar, nowMs }: { readonly calendar: CalendarId; readonly nowMs: number },
): readonly Merge[] {
  const plan = (scope: CompactionScope) => planCompaction(files, scope);
  refuseTwoPeriods(request);
  if (request.only !== undefined) return request.only.flatMap((target) => plan(scopeOf(target)));
  const timeframe = timeframeOf(request);
  const days = daysOf(request, calendar, nowMs);
  return datasetsOf(request).flatMap((dataset) => {
    if (days !== null) return days.flatMap((period) => plan({ dataset, timeframe, level: 'day', period }));
    if (request.month !== undefined)
      return plan({ dataset, timeframe, level: 'month', period: request.month });
    if (request.year !== undefined) return plan({ dataset, timeframe, level: 'year', period: request.year });
    const { level = 'day' } = request;
    return plan({ dataset, timeframe, level: level === 'day' ? firstCompactedLevel(dataset) : level });
  });
}

function refuseTwoPeriods(request: CompactionRequest): void {
  const given = (['day', 'month', 'year', 'level', 'tradingDay', 'only'] as const).filter(
    (name) => request[name] !== undefined,
  );
  if (given.length > 1)
    throw new WorkbenchError('argument-invalid', `${given.join(' and ')}: give one of them`);
}

function scopeOf({ dataset: name, timeframe, partition }: PartitionChoice): CompactionScope {
  const [dataset] = datasetsOf({ dataset: name });
  if (dataset === undefined) throw new WorkbenchError('argument-invalid', `only: there is no ${name}`);
  const level = levelOfPeriod(partition);
  if (level === null || !dataset.levels.includes(level))
    throw new WorkbenchError('argument-invalid', `only: ${name} has no period ${partition} to compact`);
  return { dataset, timeframe: timeframeOf({ timeframe }), level, period: partition };
}

/** The UTC days that are asked for by date; null when none are. */
function daysOf(
  { day, tradingDay }: CompactionRequest,
  calendar: CalendarId,
  nowMs: number,
): readonly string[] | null {
  if (tradingDay === undefined) return day === undefined ? null : [day];
  const date = tradingDay === 'last' ? lastTradingDay(calendar, nowMs) : tradingDay;
  const days = utcDaysOf(calendar, date);
  if (days.length > 0) return days;
  const reason = closedReason(calendar, date) ?? 'closed';
  throw new WorkbenchError('argument-invalid', `tradingDay: ${date} has no trading (${reason})`);
}

function datasetsOf({
  dataset: name,
  day,
  month,
  year,
  level,
  tradingDay,
}: CompactionRequest): readonly Dataset[] {
  for (const [what, period] of Object.entries({ day, month, year })) {
    if (period !== undefined && levelOfPeriod(period) !== what)
      throw new WorkbenchError('argument-invalid', `${period} is not a ${what}`);
  }
  const isByDay = day !== undefined || tradingDay !== undefined;
  const wanted = isByDay ? 'day' : year !== undefined || level === 'year' ? 'year' : null;
  const isMerged = (dataset: Dataset) => dataset.levels.includes('part');
  const fits = (dataset: Dataset) =>
    isMerged(dataset) && (wanted === null || dataset.levels.includes(wanted));
  if (name === undefined) return datasets.filter(fits);
  const dataset = findDataset(name);
  if (dataset === undefined) throw new WorkbenchError('argument-invalid', `dataset: there is no ${name}`);
  if (!isMerged(dataset))
    throw new WorkbenchError('argument-invalid', `dataset: ${name} are made, not merged`);
  if (!fits(dataset))
    throw new WorkbenchError(
      'argument-invalid',
      `${wanted ?? 'dataset'}: ${name} are compacted by the ${dataset.levels.filter((each) => each !== 'part').join(' and ')}`,
    );
  return [dataset];
}

function timeframeOf({ timeframe }: CompactionRequest): string | undefined {
  if (timeframe === undefined) return undefined;
  const parsed = parseResolution(timeframe);
  if (parsed === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${timeframe} is not one such as 5m or 1h`);
  return parsed;
}
