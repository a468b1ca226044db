import { z } from 'zod';

/** A window as it is remembered from one run to the next. */
export interface RememberedWindow {
  /** Names what the window keeps for itself: `main`, `main-2`, `inspector`. */
  readonly key: string;
  /** The one panel it shows; null for the whole workbench. */
  readonly panel: string | null;
  /** The store; null is the demo store. */
  readonly folder: string | null;
  /** The window that a panel was taken out of. */
  readonly opener: string | null;
}

/** What was open when the program last ran, for each store it was started on by name; `''` without one. */
export type RememberedWindows = Readonly<Record<string, readonly RememberedWindow[]>>;

const keyPattern = /^[a-z][a-z0-9-]{0,50}$/;
const windowSchema = z.object({
  key: z.string().regex(keyPattern),
  panel: z.string().regex(keyPattern).nullable(),
  folder: z.string().nullable(),
  opener: z.string().regex(keyPattern).nullable().catch(null),
});
const schema = z.record(z.string(), z.array(windowSchema));

/** Starts on so many stores are remembered, the latest ones. */
const mostStarts = 20;
const mostWindows = 32;

export const firstKey = 'main';

/** What a file said of remembered windows. Anything else than that is as good as nothing. */
export function parseRemembered(text: string | null): RememberedWindows {
  try {
    return schema.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

/** The same with what is open now; the start it belongs to becomes the latest one. */
export function remembering(
  before: RememberedWindows,
  start: string,
  windows: readonly RememberedWindow[],
): RememberedWindows {
  const others = Object.entries(before).filter(([name]) => name !== start);
  return Object.fromEntries([...others.slice(1 - mostStarts), [start, windows]]);
}

/**
 * What to open when the program starts: what was open when it last ran with the same arguments, as far as its stores
 * are still there, and a workbench on the store that was asked for in any case.
 */
export function windowsToOpen(
  remembered: RememberedWindows,
  asked: string | null,
  isThere: (folder: string) => boolean,
): readonly RememberedWindow[] {
  const first: RememberedWindow = { key: firstKey, panel: null, folder: asked, opener: null };
  const seen = new Set<string>();
  const known = (remembered[asked ?? ''] ?? [])
    .map((window) => (asked !== null && window.key === firstKey ? first : window))
    .filter(({ folder }) => folder === null || folder === asked || isThere(folder))
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .slice(0, mostWindows);
  const hasWorkbench = known.some(
    ({ panel, folder }) => panel === null && (asked === null || folder === asked),
  );
  return hasWorkbench ? known : [first, ...known.filter(({ key }) => key !== firstKey)];
}

/** The first free name for a window of its kind. */
export function freeKey(panel: string | null, taken: readonly string[]): string {
  const kind = panel ?? firstKey;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? kind : `${kind}-${number}`;
    if (!taken.includes(key)) return key;
  }
}
