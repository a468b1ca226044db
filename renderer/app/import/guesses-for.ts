import type { ImportInspection } from '#shared/domain/import';
import { guessFromName } from '../../data/guess-from-name.ts';
import type { ImportForm } from '../../data/import-form.ts';

/**
 * What the names of the files tell of what the files do not, for fields that nobody has touched; null when there is
 * nothing to fill in. Files whose names tell different symbols are not taken for one.
 */
export function guessesFor(
  { missing, sources, timeframe: likely }: ImportInspection,
  { symbol, timeframe }: ImportForm,
): Partial<ImportForm> | null {
  const guesses = sources.map(({ name }) => guessFromName(name));
  const symbols = new Set(guesses.map((guess) => guess.symbol));
  const timeframes = new Set(guesses.flatMap((guess) => guess.timeframe ?? []));
  const [named] = symbols;
  const length = likely ?? (timeframes.size === 1 ? [...timeframes][0] : undefined) ?? null;
  const filled = {
    ...(missing.includes('symbol') && symbol === null && symbols.size === 1 && named != null
      ? { symbol: named }
      : {}),
    ...(missing.includes('timeframe') && timeframe === null && length !== null ? { timeframe: length } : {}),
  };
  return Object.keys(filled).length === 0 ? null : filled;
}
