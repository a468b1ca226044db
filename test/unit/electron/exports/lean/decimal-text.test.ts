import { expect, it } from 'vitest';
import { plainDecimal, scaledDigits } from '../../../../../electron/exports/lean/decimal-text.ts';

it.each([
  [185.525, '1855250'],
  [0.29, '2900'],
  [1.005, '10050'],
  [4.35, '43500'],
  [1234567.8912, '12345678912'],
  [0.00019, '1'],
  [0.00009, '0'],
  [1e-7, '0'],
  [1e9, '10000000000000'],
  [1.5e21, '15000000000000000000000000'],
])('counts %d in ten-thousandths on its decimal digits: %s', (price, digits) => {
  expect(scaledDigits(price, 4)).toBe(digits);
});

it.each([
  [1e-8, '0.00000001'],
  [1.23e-7, '0.000000123'],
  [1e21, '1000000000000000000000'],
  [1.25e22, '12500000000000000000000'],
  [0.1, '0.1'],
])('spells %d without an exponent', (value, text) => {
  expect(plainDecimal(value)).toBe(text);
});
