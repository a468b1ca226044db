/** What came in while something older was looked at. */
export interface LiveSlice {
  /** Bars that are newer than the newest one when it left the screen; `mostNewBars` stands for that many or more. */
  readonly newBars: number;
  readonly noteNewBars: (count: number) => void;
}

export const mostNewBars = 1_000;

/** Begins with no new bars; each count takes the place of the one before. */
export function liveSlice(set: (change: Partial<LiveSlice>) => void): LiveSlice {
  return { newBars: 0, noteNewBars: (newBars) => set({ newBars }) };
}
