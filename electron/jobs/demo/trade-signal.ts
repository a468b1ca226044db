/** A reason to enter the market, and where to leave it again. */
export interface TradeSignal {
  /** When it was known. */
  readonly ts: number;
  readonly side: 'long' | 'short';
  readonly price: number;
  readonly target: number;
  readonly stop: number;
  readonly cause: 'flag' | 'zone';
  /** The chart object that gave it. */
  readonly objectId: string;
}
