declare const unit: unique symbol;

/** A number that remembers its unit. Erased at run time. */
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Unit<'EpochMs'>;
/** A length of time in milliseconds. */
export type DurationMs = Unit<'DurationMs'>;
export type Bytes = Unit<'Bytes'>;
/** CSS pixels, before devicePixelRatio. */
export type CssPx = Unit<'CssPx'>;

/** Says that a number is ms since 1970 in UTC. Like the others here it checks and rounds nothing. */
export const epochMs = (value: number) => value as EpochMs;
/** Says that a number is a length of time in ms. */
export const durationMs = (value: number) => value as DurationMs;
/** Says that a number counts bytes. */
export const bytes = (value: number) => value as Bytes;
/** Says that a number counts CSS pixels. */
export const cssPx = (value: number) => value as CssPx;

export const SECOND = durationMs(1_000);
export const MINUTE = durationMs(60_000);
export const HOUR = durationMs(3_600_000);
export const DAY = durationMs(86_400_000);
export const MIB = bytes(1_048_576);
