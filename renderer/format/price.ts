const maxDecimals = 10;
/** A price below a millionth has more, so that five of its digits show. */
const mostDecimals = 16;

/**
 * How many decimals show every one of these prices as it is stored, from 2 up to 10; more where even those would leave
 * too few digits. Looks at no more than 200 of them, spread evenly, so that it costs the same for any window.
 */
export function decimalsOf(prices: ArrayLike<number>): number {
  const stride = Math.max(1, Math.floor(prices.length / 200));
  let decimals = 2;
  let largest = 0;
  for (let index = 0; index < prices.length; index += stride) {
    const size = Math.abs(prices[index] ?? 0);
    if (Number.isFinite(size)) largest = Math.max(largest, size);
  }
  const wanted = largest === 0 ? maxDecimals : 4 - Math.floor(Math.log10(largest));
  const most = Math.min(mostDecimals, Math.max(maxDecimals, wanted));
  for (let index = 0; index < prices.length; index += stride) {
    const price = prices[index] ?? Number.NaN;
    while (decimals < most && Number.isFinite(price) && !fits(price, decimals)) decimals += 1;
  }
  return decimals;
}

function fits(price: number, decimals: number): boolean {
  const rounded = Number(price.toFixed(decimals));
  // Sums of binary fractions are off in their last bits; that is no decimal.
  return Math.abs(price - rounded) <= Math.abs(price) * 1e-9;
}

/** `1.08345`, `61,204.50`: fixed decimals, groups from ten thousand on. */
export function formatPrice(price: number | null, decimals: number): string {
  if (price === null || !Number.isFinite(price)) return '–';
  const text = price.toFixed(decimals);
  if (Math.abs(price) < 10_000 || text.includes('e')) return text;
  const point = decimals === 0 ? text.length : text.length - decimals - 1;
  return text.slice(0, point).replace(/\B(?=(\d{3})+$)/g, ',') + text.slice(point);
}

/**
 * A difference of prices, with a true minus sign: `−0.40`. One too small for any decimals, of a coin that costs next to
 * nothing, as `4.35e-11`.
 */
export function formatDifference(value: number, decimals: number): string {
  const size = Math.abs(value);
  const isBeyondDecimals = decimals >= maxDecimals && size > 0 && size < 100 * 10 ** -decimals;
  const text = isBeyondDecimals ? size.toExponential(2) : formatPrice(size, decimals);
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** `+1.25` and `−0.40`, with a true minus sign. */
export function formatSigned(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = formatPrice(Math.abs(value), decimals);
  return value < 0 ? `−${text}` : `+${text}`;
}

/** The change from one price to another in percent: `+0.52 %`. */
export function formatPercentChange(from: number, to: number): string {
  if (from === 0 || !Number.isFinite(from) || !Number.isFinite(to)) return '–';
  return `${formatSigned(((to - from) / Math.abs(from)) * 100, 2)} %`;
}
