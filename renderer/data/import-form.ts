import {
  barFields,
  barTimes,
  conflictRules,
  type BarField,
  type BarTime,
  type ConflictRule,
  type ImportRequest,
} from '#shared/domain/import';

/** What is chosen and typed of an import. Null is what nobody has touched: then the files tell, or their names. */
export interface ImportForm {
  readonly files: readonly string[];
  readonly symbol: string | null;
  readonly timeframe: string | null;
  readonly zone: string | null;
  readonly barTime: BarTime | null;
  /** Columns by their place, `#3`; empty for a field that is left out. */
  readonly map: { readonly [Field in BarField]?: string };
  readonly onConflict: ConflictRule;
  /** Bars that open in [from, until) alone, ms UTC. */
  readonly from: number | null;
  readonly until: number | null;
}

export const blankImportForm: ImportForm = {
  ...{ files: [], symbol: null, timeframe: null, zone: null, barTime: null, map: {} },
  ...{ onConflict: 'skip', from: null, until: null },
};

/** The name under which the form is kept as a draft. */
export const importDraft = 'import';

/** Reads a form that was kept; whatever does not fit is as in a blank one. */
export function readImportForm(text: string): ImportForm {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return blankImportForm;
  }
  if (typeof kept !== 'object' || kept === null) return blankImportForm;
  const given = kept as { readonly [Name in keyof ImportForm]?: unknown };
  const map = typeof given.map === 'object' && given.map !== null ? Object.entries(given.map) : [];
  return {
    files: Array.isArray(given.files) ? given.files.filter((file) => typeof file === 'string') : [],
    symbol: textOrNull(given.symbol),
    timeframe: textOrNull(given.timeframe),
    zone: textOrNull(given.zone),
    barTime: barTimes.find((each) => each === given.barTime) ?? null,
    map: Object.fromEntries(
      map.filter(
        ([field, column]) => (barFields as readonly string[]).includes(field) && typeof column === 'string',
      ),
    ),
    onConflict: conflictRules.find((each) => each === given.onConflict) ?? 'skip',
    from: typeof given.from === 'number' ? given.from : null,
    until: typeof given.until === 'number' ? given.until : null,
  };
}

/** The form as a draft is kept: `readImportForm` reads it back. */
export function writeImportForm(form: ImportForm): string {
  return JSON.stringify(form);
}

/** The request that a form stands for; null while no files are chosen. */
export function importRequestOf(form: ImportForm): ImportRequest | null {
  const { files, map, barTime, onConflict, from, until } = form;
  const [symbol, timeframe, zone] = [form.symbol, form.timeframe, form.zone].map(
    (text) => text?.trim() ?? '',
  );
  if (files.length === 0) return null;
  return {
    ...{ files, onConflict },
    ...(symbol === '' ? {} : { symbol }),
    ...(timeframe === '' ? {} : { timeframe }),
    ...(zone === '' ? {} : { zone }),
    ...(barTime === null ? {} : { barTime }),
    ...(Object.keys(map).length === 0 ? {} : { map }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
