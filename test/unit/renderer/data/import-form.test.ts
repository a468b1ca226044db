import { expect, it } from 'vitest';
import {
  blankImportForm,
  importRequestOf,
  readImportForm,
  writeImportForm,
  type ImportForm,
} from '../../../../renderer/data/import-form.ts';

it('is read back as it was written', () => {
  const form: ImportForm = {
    ...blankImportForm,
    ...{ files: ['/in/bars.csv'], symbol: 'SPY', timeframe: '1m', zone: 'America/New_York' },
    ...{
      barTime: 'close',
      map: { open: '#2', volume: '' },
      onConflict: 'replace-day',
      from: 0,
      until: 60_000,
    },
  };
  expect(readImportForm(writeImportForm(form))).toEqual(form);
});

it.each(['', '7', '{"files":"/etc/passwd","map":{"colour":"#1"},"onConflict":"burn"}'])(
  'is blank where what was kept is none: %s',
  (kept) => {
    expect(readImportForm(kept)).toEqual(blankImportForm);
  },
);

it('asks for what was said alone, and for nothing without files', () => {
  expect(importRequestOf(blankImportForm)).toBeNull();
  expect(importRequestOf({ ...blankImportForm, files: ['/in/bars.csv'], symbol: ' SPY ', zone: '' })).toEqual(
    {
      files: ['/in/bars.csv'],
      symbol: 'SPY',
      onConflict: 'skip',
    },
  );
});
