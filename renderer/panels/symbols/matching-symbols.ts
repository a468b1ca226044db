import type { SymbolSummary } from '#shared/domain/store-summary';

/** Symbols whose name holds what was typed, those that begin with it first; all of them for nothing typed. */
export function matchingSymbols(symbols: readonly SymbolSummary[], typed: string): readonly SymbolSummary[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ symbol }: SymbolSummary) => symbol.toLowerCase().indexOf(wanted);
  return symbols
    .filter((summary) => rank(summary) >= 0)
    .sort((a, b) => Math.sign(rank(a)) - Math.sign(rank(b)) || a.symbol.localeCompare(b.symbol, 'en'));
}
