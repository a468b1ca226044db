/** `1.2 GiB`; `formatExactSize` has every byte. */
export { sizeText as formatSize } from '#shared/size-text';

/** `1,234,567 bytes`. */
export function formatExactSize(bytes: number): string {
  return `${Math.round(bytes).toLocaleString('en-US')} bytes`;
}
