import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';

/** What the name of a file tells of the bars in it, as far as it can be told. */
export interface NameGuess {
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
}

/** Words in names of files that are no symbols: who made them, and what is in them. */
const noSymbols = new Set([
  ...['binance', 'bybit', 'kraken', 'coinbase', 'bitstamp', 'okx', 'dukascopy', 'histdata', 'yahoo', 'stooq'],
  ...['alpaca', 'polygon', 'tiingo', 'metatrader', 'mt4', 'mt5', 'tradingview', 'dat', 'ascii', 'data'],
  ...[
    'bid',
    'ask',
    'mid',
    'trade',
    'trades',
    'quote',
    'quotes',
    'bars',
    'bar',
    'candles',
    'candle',
    'candlestick',
  ],
  ...['klines', 'kline', 'ohlc', 'ohlcv', 'spot', 'futures', 'minute', 'hour', 'hourly', 'day', 'daily'],
  ...[
    'weekly',
    'second',
    'history',
    'historical',
    'prices',
    'price',
    'export',
    'download',
    'utc',
    'est',
    'all',
  ],
]);

/** Words that belong to the symbol before them. */
const suffixes = new Set(['perp', 'usd', 'usdt', 'usdc', 'eur', 'gbp', 'btc', 'eth']);

const units: Readonly<Record<string, string>> = {
  ...{
    s: 's',
    sec: 's',
    m: 'm',
    min: 'm',
    mins: 'm',
    minute: 'm',
    minutes: 'm',
    h: 'h',
    hour: 'h',
    hours: 'h',
  },
  ...{ hr: 'h', d: 'd', day: 'd', days: 'd', w: 'w', wk: 'w', week: 'w' },
};

/** `btc-perp-1m-2022-01.csv.gz` holds 1m bars of BTC-PERP, `EURUSD_M15.csv` 15m bars of EURUSD. */
export function guessFromName(path: string): NameGuess {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const stem = name.replace(/(\.(csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|feather|ipc|zip|gz))+$/i, '');
  const words = stem.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const timeframe = words.map(timeframeOf).find((each) => each !== null) ?? null;
  const place = words.findIndex(
    (word) => /[a-z]/i.test(word) && timeframeOf(word) === null && !noSymbols.has(word.toLowerCase()),
  );
  const symbol = words[place];
  if (symbol === undefined) return { symbol: null, timeframe };
  const next = words[place + 1];
  const whole = next !== undefined && suffixes.has(next.toLowerCase()) ? `${symbol}-${next}` : symbol;
  return { symbol: whole.toUpperCase(), timeframe };
}

/** `1m`, `15min`, and `M15` or `H4` as MetaTrader has them. */
function timeframeOf(word: string): Timeframe | null {
  const counted = /^(\d{1,3})([a-z]+)$/i.exec(word) ?? null;
  if (counted !== null)
    return parseTimeframe(`${counted[1]}${units[(counted[2] ?? '').toLowerCase()] ?? '?'}`);
  const terminal = /^([MHDW])(\d{1,2})$/.exec(word);
  return terminal === null ? null : parseTimeframe(`${terminal[2]}${(terminal[1] ?? '').toLowerCase()}`);
}
