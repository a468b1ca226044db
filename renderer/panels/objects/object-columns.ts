import type { ObjectState } from '#shared/domain/chart-object';
import { kindOf, statusesOf } from '../../data/object-status.ts';
import { formatPrice } from '../../format/price.ts';
import { formatInstant } from '../../format/time.ts';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';

/** How values are written. */
export interface ObjectWording {
  /** IANA name. */
  readonly zone: string;
  readonly decimals: number;
}

interface ObjectColumn extends GridColumn {
  readonly text: (object: ObjectState, wording: ObjectWording) => string;
  /** What rows are sorted by; null comes last, either way. */
  readonly rank: (object: ObjectState) => string | number | null;
}

const low = ({ y_min, y }: ObjectState) => y_min ?? y;
const high = ({ y_max, y }: ObjectState) => y_max ?? y;
const statusText = (object: ObjectState) => statusesOf(object).join(' · ');

export const objectColumns: readonly ObjectColumn[] = [
  {
    id: 'type',
    title: 'Type',
    width: 72,
    text: ({ object_type: type }) => type,
    rank: (object) => object.object_type,
  },
  { id: 'id', title: 'Id', width: 190, text: ({ object_id: id }) => id, rank: (object) => object.object_id },
  { id: 'kind', title: 'Kind', hint: 'What the payload says it is', width: 120, text: kindOf, rank: kindOf },
  { id: 'status', title: 'Status', width: 124, text: statusText, rank: statusText },
  {
    id: 'timeframe',
    title: 'TF',
    hint: 'Timeframe it was found on',
    width: 56,
    text: ({ timeframe }) => timeframe,
    rank: ({ timeframe }) => timeframe.toLowerCase(),
  },
  {
    id: 'from',
    title: 'From',
    width: 196,
    text: ({ t_start: at }, { zone }) => formatInstant(at, zone),
    rank: ({ t_start: at }) => at,
  },
  {
    id: 'until',
    title: 'Until',
    width: 196,
    text: ({ t_end: at }, { zone }) => (at === null ? 'open' : formatInstant(at, zone)),
    rank: ({ t_end: at }) => at ?? Infinity,
  },
  {
    id: 'low',
    title: 'Low',
    width: 104,
    align: 'right',
    text: (object, { decimals }) => priceText(low(object), decimals),
    rank: low,
  },
  {
    id: 'high',
    title: 'High',
    width: 104,
    align: 'right',
    text: (object, { decimals }) => priceText(high(object), decimals),
    rank: high,
  },
  {
    id: 'changed',
    title: 'Changed',
    hint: 'Its last event',
    width: 196,
    text: ({ event_ts: at }, { zone }) => formatInstant(at, zone),
    rank: ({ event_ts: at }) => at,
  },
  {
    id: 'reason',
    title: 'Reason',
    width: 140,
    text: ({ reason }) => reason ?? '',
    rank: ({ reason }) => reason,
  },
];

function priceText(price: number | null, decimals: number): string {
  return price === null ? '' : formatPrice(price, decimals);
}

/** The ones that began last first, unless another column is asked for; what is equal stays in that order. */
export function sortedObjects(
  objects: readonly ObjectState[],
  sort: GridSort | null,
): readonly ObjectState[] {
  const newest = [...objects].sort((a, b) => b.t_start - a.t_start || (a.object_id < b.object_id ? -1 : 1));
  const column = objectColumns.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) return newest;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  // Ranks are worked out once for each object, not once for each comparison.
  return newest
    .map((object) => ({ object, rank: column.rank(object) }))
    .sort((a, b) => byRank(a.rank, b.rank, sign))
    .map(({ object }) => object);
}

function byRank(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === b) return 0;
  if (a === null || a === '') return 1;
  if (b === null || b === '') return -1;
  return a < b ? -sign : sign;
}
