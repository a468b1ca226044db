import { z } from 'zod';

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowPlace {
  readonly bounds: Bounds;
  readonly isMaximized: boolean;
}

/** The part of Electron's `Display` that a place on it depends on. */
export interface Screen {
  readonly workArea: Bounds;
  readonly scaleFactor: number;
}

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });
const placesSchema = z.record(z.string(), z.object({ bounds: boundsSchema, isMaximized: z.boolean() }));

/** Where the window was, for each arrangement of screens it was used on. */
export type RememberedPlaces = Readonly<Record<string, WindowPlace>>;

/** What a file said of remembered places. Anything else than that is as good as nothing. */
export function parsePlaces(text: string | null): RememberedPlaces {
  try {
    return placesSchema.parse(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

/** Names an arrangement of screens, so that a laptop has one place with its dock and another without. */
export function arrangementOf(screens: readonly Screen[]): string {
  return screens
    .map(
      ({ workArea: { x, y, width, height }, scaleFactor }) => `${width}x${height}+${x}+${y}@${scaleFactor}`,
    )
    .sort()
    .join(' ');
}

/** A whole workbench, or a window for one panel. */
export type WindowKind = 'workbench' | 'panel';

interface Size {
  readonly width: number;
  readonly height: number;
}

const preferred: Readonly<Record<WindowKind, Size>> = {
  workbench: { width: 1600, height: 1000 },
  panel: { width: 720, height: 560 },
};
export const smallestWindow: Readonly<Record<WindowKind, Size>> = {
  workbench: { width: 900, height: 560 },
  panel: { width: 260, height: 200 },
};
const cascade = 32;

/**
 * Where to open a window: where it last was on these screens, as far as that can still be seen; else in the middle, or
 * a little aside of the window it was opened from.
 */
export function placeFor(
  screens: readonly Screen[],
  places: RememberedPlaces,
  kind: WindowKind = 'workbench',
  beside: Bounds | null = null,
): WindowPlace {
  const remembered = places[arrangementOf(screens)];
  const isGood = ({ bounds }: WindowPlace) =>
    screens.some(({ workArea }) => isWithin(bounds, workArea, smallestWindow[kind]));
  if (remembered !== undefined && isGood(remembered)) return remembered;
  const size = preferred[kind];
  const home = beside === null ? undefined : screens.find(({ workArea }) => holdsCorner(workArea, beside));
  const area = (home ?? screens[0])?.workArea ?? { x: 0, y: 0, ...size };
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  const within = (start: number, room: number, at: number) => Math.min(start + room, Math.max(start, at));
  const middle = { x: (area.width - width) / 2, y: (area.height - height) / 2 };
  const x = within(area.x, area.width - width, beside === null ? area.x + middle.x : beside.x + cascade);
  const y = within(area.y, area.height - height, beside === null ? area.y + middle.y : beside.y + cascade);
  return { bounds: { x: Math.floor(x), y: Math.floor(y), width, height }, isMaximized: false };
}

function holdsCorner(area: Bounds, { x, y }: Bounds): boolean {
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

/** Enough of it is on the screen to be seen and moved. */
function isWithin(bounds: Bounds, area: Bounds, smallest: Size): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return (
    bounds.width >= smallest.width &&
    bounds.height >= smallest.height &&
    width >= 200 &&
    height >= Math.min(200, smallest.height) &&
    bounds.y >= area.y
  );
}
