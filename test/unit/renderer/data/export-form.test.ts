import { parseTimeframe } from '#shared/domain/timeframe';
import { expect, it } from 'vitest';
import { readExportForm, writeExportForm } from '../../../../renderer/data/export-form.ts';

const shown = { symbol: 'SPY', timeframe: parseTimeframe('5m')! };

it('is about what the chart shows until somebody changes it', () => {
  const first = readExportForm('', shown);
  expect(first).toMatchObject({ symbols: 'SPY', timeframe: '5m', datasets: ['candles'], out: '' });
  const cleared = writeExportForm({ ...first, symbols: '' });
  expect(readExportForm(cleared, shown)).toMatchObject({ symbols: '', timeframe: '5m' });
});
