import { symbolFault } from '#schemas/symbol-rule';
import { describe, expect, it } from 'vitest';

describe('symbolFault', () => {
  it.each([
    'SPY',
    'BRK/B',
    'BRK.B',
    'ES_F',
    '^GSPC',
    'BTC-USD',
    'BTC/USD:USDT',
    'EURUSD=X',
    'ES1!',
    '0700.HK',
    '$DJI',
  ])('takes %s, as its venue spells it', (symbol) => {
    expect(symbolFault(symbol)).toBeNull();
  });

  it.each([
    ['', 'must not be empty'],
    ['../../etc', 'looks like a path'],
    ['..', 'looks like a path'],
    ['/etc/passwd', 'holds a character that no symbol has'],
    ['A//B', 'looks like a path'],
    ['A/', 'looks like a path'],
    ['A/./B', 'looks like a path'],
    ['A.', 'looks like a path'],
    ['C:\\Windows', 'holds a character that no symbol has'],
    ['CON', 'is the name of a device on Windows'],
    ['con', 'is the name of a device on Windows'],
    ['NUL.txt', 'is the name of a device on Windows'],
    ['BRK/com1', 'is the name of a device on Windows'],
    ['🚀', 'may hold printable ASCII characters only, without spaces'],
    ['S P', 'may hold printable ASCII characters only, without spaces'],
    ['SPY\n', 'may hold printable ASCII characters only, without spaces'],
    ['SPY\0', 'may hold printable ASCII characters only, without spaces'],
    ["SPY';--", 'holds a character that no symbol has'],
    ['*', 'holds a character that no symbol has'],
    ['-rf', 'holds a character that no symbol has'],
    ['A'.repeat(300), 'is longer than 64 characters (300)'],
  ])('refuses %j', (symbol, reason) => {
    expect(symbolFault(symbol)).toBe(reason);
  });

  it('takes names that only begin like a device', () => {
    expect(['CONE', 'COMX', 'AUXO', 'LPT', 'COM10'].map(symbolFault)).toEqual([null, null, null, null, null]);
  });
});
