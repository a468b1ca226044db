import { expect, it } from 'vitest';
import { guessFromName } from '../../../../renderer/data/guess-from-name.ts';

it.each([
  ['/data/btc-perp-1m-2022-01.csv.gz', 'BTC-PERP', '1m'],
  ['gbpusd-1m-bid-2012-02.csv.gz', 'GBPUSD', '1m'],
  ['binance-ADABTC-1m-2021-11-27.csv', 'ADABTC', '1m'],
  ['C:\\bars\\EURUSD_M15.csv', 'EURUSD', '15m'],
  ['SPY 5 minutes.csv', 'SPY', null],
  ['SPY_5min.parquet', 'SPY', '5m'],
  ['ES_F_1h.csv', 'ES', '1h'],
  ['20131007_trade.zip', null, null],
  ['ohlcv-daily.csv', null, null],
])('reads %s as bars of %s and %s', (path, symbol, timeframe) => {
  expect(guessFromName(path)).toEqual({ symbol, timeframe });
});
