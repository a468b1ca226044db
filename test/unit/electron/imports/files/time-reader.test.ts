import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimeReader } from '../../../../../electron/imports/files/time-reader.ts';

const reading = { unit: 'iso', barTime: 'open', timeframe: null, hasOffset: false, dayNumber: 0 } as const;
const twoDigits = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
/** Days on which the clocks of New York change, and one beside them; some that are no days, some that are no times. */
const time = fc
  .tuple(
    fc.constantFrom('2024-03-10', '2024-11-03', '2024-11-04', '2024-02-30'),
    fc.constantFrom(' ', 'T', '  '),
    fc.tuple(twoDigits(25), twoDigits(61), fc.option(twoDigits(61), { nil: null })),
    fc.constantFrom('', '', '', '.5', 'Z', ' '),
  )
  .map(([date, between, [hour, minute, second], end]) => {
    return `${date}${between}${hour}:${minute}${second === null ? '' : `:${second}`}${end}`;
  });

it('reads the bytes of a time as its text, or leaves it to the text', () => {
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 20 }), (times) => {
      const byText = new TimeReader({ ...reading, zone: 'America/New_York' });
      const byBytes = new TimeReader({ ...reading, zone: 'America/New_York' });
      for (const text of times) {
        const bytes = Buffer.from(`,${text},`);
        const quick = byBytes.readBytes(bytes, 1, bytes.length - 1);
        const read = Number.isNaN(quick) ? byBytes.readText(text) : quick;
        expect(read, text).toBe(byText.readText(text));
      }
    }),
  );
});

it('needs no text for the times of a day whose date is known', () => {
  const reader = new TimeReader({ ...reading, zone: 'UTC' });
  expect(reader.readText('2024-11-03 09:30:00')).toBe(Date.UTC(2024, 10, 3, 9, 30));
  const bytes = Buffer.from('2024-11-03 09:31:07');
  expect(reader.readBytes(bytes, 0, bytes.length)).toBe(Date.UTC(2024, 10, 3, 9, 31, 7));
});
