import type { CallArgs, Contract } from '#shared/ipc';

export type Painted = CallArgs<Contract['window']['painted']>;

/** The first candles on the screen: told once by the page, awaited by whoever has to. */
export interface FirstPaint {
  readonly report: (painted: Painted) => void;
  readonly happened: Promise<Painted & { readonly at: number }>;
}

/** `happened` resolves with the first report and what `now` (ms UTC) said then; later reports change nothing. */
export function createFirstPaint(now: () => number): FirstPaint {
  let report: FirstPaint['report'] = () => undefined;
  const happened = new Promise<Painted & { readonly at: number }>((resolve) => {
    report = (painted) => resolve({ ...painted, at: now() });
  });
  return { report, happened };
}
