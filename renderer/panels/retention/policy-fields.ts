import {
  nameOfPolicy,
  type RetentionGuardrails,
  type RetentionPolicy,
  type RetentionSettings,
} from '#shared/domain/retention';
import type { TierId } from '#shared/domain/tier';
import { parseAgeDays, parseSizeBytes, type Parsed } from '#shared/domain/policy-text';

/** A policy as it is typed. */
export interface PolicyFields {
  readonly dataset: string;
  readonly timeframe: string | null;
  readonly tier?: TierId | undefined;
  readonly isOn: boolean;
  readonly age: string;
  readonly total: string;
  readonly perSymbol: string;
  /** Globs, apart by blanks or commas. */
  readonly exclude: string;
}

export interface GuardrailFields {
  readonly minAge: string;
  readonly maxShare: string;
  readonly keepRollupSources: boolean;
  readonly keepOpenObjects: boolean;
}

export interface SettingsFields {
  readonly policies: readonly PolicyFields[];
  readonly guardrails: GuardrailFields;
}

/** What is wrong, by the name of the field: `candles 1m age`. */
export type Faults = Readonly<Record<string, string>>;

export type ReadFields =
  | { readonly ok: true; readonly settings: RetentionSettings }
  | { readonly ok: false; readonly faults: Faults };

/** The settings as text to edit, for `readFields`: ages in days, sizes to the byte, no limit as an empty field. */
export function fieldsOf({ policies, guardrails }: RetentionSettings): SettingsFields {
  return {
    policies: policies.map(({ dataset, timeframe, tier, isOn, maxAgeDays, exclude, ...sizes }) => ({
      ...{ dataset, timeframe, tier, isOn },
      age: maxAgeDays === null ? '' : `${maxAgeDays}d`,
      total: sizeText(sizes.maxSizeBytes),
      perSymbol: sizeText(sizes.maxSizeBytesPerSymbol),
      exclude: exclude.join(' '),
    })),
    guardrails: {
      minAge: `${guardrails.minAgeDays}d`,
      maxShare: String(guardrails.maxSharePercent),
      keepRollupSources: guardrails.keepRollupSources,
      keepOpenObjects: guardrails.keepOpenObjects,
    },
  };
}

/** Reads what was typed; an empty limit is none. */
export function readFields({ policies, guardrails }: SettingsFields): ReadFields {
  const faults: Record<string, string> = {};
  const read = (name: string, text: string, parse: (text: string) => Parsed<number>): number | null => {
    if (text.trim() === '') return null;
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    faults[name] = parsed.reason;
    return null;
  };
  const settings: RetentionSettings = {
    policies: policies.map((fields): RetentionPolicy => {
      const { dataset, timeframe, tier, isOn } = fields;
      const name = nameOfPolicy(fields);
      return {
        ...{ dataset, timeframe, isOn },
        ...(tier === undefined ? {} : { tier }),
        maxAgeDays: read(`${name} age`, fields.age, parseAgeDays),
        maxSizeBytes: read(`${name} size`, fields.total, parseSizeBytes),
        maxSizeBytesPerSymbol: read(`${name} size a symbol`, fields.perSymbol, parseSizeBytes),
        exclude: fields.exclude.split(/[\s,]+/).filter((glob) => glob !== ''),
      };
    }),
    guardrails: readGuardrails(guardrails, faults),
  };
  return Object.keys(faults).length === 0 ? { ok: true, settings } : { ok: false, faults };
}

function readGuardrails(
  { minAge, maxShare, keepRollupSources, keepOpenObjects }: GuardrailFields,
  faults: Record<string, string>,
): RetentionGuardrails {
  const isNone = /^0\s*d?$/.test(minAge.trim());
  const age = isNone ? ({ ok: true, value: 0 } as const) : parseAgeDays(minAge);
  if (!age.ok) faults['least age'] = age.reason;
  const share = Number(maxShare);
  if (maxShare.trim() === '' || !(share > 0 && share <= 100))
    faults['largest share'] = `${maxShare} is not a share from 1 to 100 %`;
  return { minAgeDays: age.ok ? age.value : 0, maxSharePercent: share, keepRollupSources, keepOpenObjects };
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Exactly so many bytes, in the largest unit that they are a whole number of: `10GiB`. */
function sizeText(sizeBytes: number | null): string {
  if (sizeBytes === null) return '';
  let power = 0;
  while (power < units.length - 1 && sizeBytes % 1024 ** (power + 1) === 0) power += 1;
  return `${sizeBytes / 1024 ** power}${units[power] ?? 'B'}`;
}
