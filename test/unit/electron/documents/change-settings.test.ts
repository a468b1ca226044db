import { storeSettings } from '#schemas/documents/store-document';
import { describe, expect, it } from 'vitest';
import { changeSettings } from '../../../../electron/documents/change-settings.ts';

describe('changeSettings', () => {
  it.each([
    [{ compression: 'best' }, /^compression/],
    [{ compressionRules: { 'candles:5m': 'best' } }, /^compressionRules\.candles:5m: is none of real-time/],
    [{ compressionRules: { 'candles:5x': 'cold' } }, /^compressionRules\.candles:5x: is no dataset/],
    [{ compressionRules: { orders: 'cold' } }, /^compressionRules\.orders: is no dataset/],
  ])('refuses %j by name', (change, message) => {
    expect(() => changeSettings(storeSettings.parse({}), change)).toThrow(message);
  });
});
