import type { ExportProfile, LeanSecurity } from '#shared/domain/export-profile';
import { barColumns, defineExportProfile } from './define-export-profile.ts';

export const leanEquity = leanProfile({
  id: 'lean',
  name: 'Lean, US equities',
  doc: 'QuantConnect Lean data folder: equity prices times 10,000 as whole numbers, New York time.',
  security: 'equity',
  market: 'usa',
  zone: 'America/New_York',
});

export const leanCrypto = leanProfile({
  id: 'lean-crypto',
  name: 'Lean, crypto',
  doc: 'QuantConnect Lean data folder: prices as they are, UTC.',
  security: 'crypto',
  market: 'binance',
  zone: 'UTC',
});

export const leanForex = leanProfile({
  id: 'lean-forex',
  name: 'Lean, forex',
  doc: 'QuantConnect Lean data folder: the bars as bid quotes with prices as they are, UTC.',
  security: 'forex',
  market: 'oanda',
  zone: 'UTC',
});

function leanProfile({
  security,
  market,
  zone,
  ...named
}: Pick<ExportProfile, 'id' | 'name' | 'doc'> & {
  readonly security: LeanSecurity;
  readonly market: string;
  readonly zone: string;
}): ExportProfile {
  return defineExportProfile({
    ...named,
    format: 'lean',
    columns: { candles: barColumns, objects: [] },
    time: { style: 'iso', zone },
    dictionary: false,
    lean: { security, market },
  });
}
