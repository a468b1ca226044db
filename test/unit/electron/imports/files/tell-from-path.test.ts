import { describe, expect, it } from 'vitest';
import { tellFromPath } from '../../../../../electron/imports/files/tell-from-path.ts';

describe('tellFromPath', () => {
  it.each([
    ['/data/AAPL/bars/2026-01-08.jsonl', 'AAPL', null],
    ['/data/2026-01-08/BRK.B/bars.jsonl.gz', 'BRK.B', null],
    ['/data/bars/SPY/2026-01-08T13.jsonl', 'SPY', null],
    ['/data/SPY_bars_2026-01.parquet', 'SPY', null],
    ['/data/historical/yahoo/2026-01-08/ES_F_bars.jsonl', 'ES_F', null],
    ['/data/_archive/parquet/bars/AAPL_2025.parquet', 'AAPL', null],
    ['/data/events/BRK%2fB/bars-5m/2026-01-08.jsonl.gz', 'BRK/B', '5m'],
    ['/data/archive/polygon/2026-01/~b~r~k/ohlcv.parquet', 'brk', null],
    ['C:\\data\\AAPL\\candles\\2026.csv', 'AAPL', null],
    ['/data/historical/BTC-EUR_hour_180d.parquet', 'BTC-EUR', '1h'],
    ['/data/ETH-EUR_5m_30d.csv.gz', 'ETH-EUR', '5m'],
  ])('%s is of %s', (path, symbol, timeframe) => {
    expect(tellFromPath(path)).toEqual({ symbol, timeframe });
  });

  it.each(['/data/bars.csv', '/data/2026-01-08.csv', '/data/my bars/2026.csv', '/data/a b/bars/2026.csv'])(
    'nothing is told by %s',
    (path) => {
      expect(tellFromPath(path).symbol).toBe(null);
    },
  );
});
