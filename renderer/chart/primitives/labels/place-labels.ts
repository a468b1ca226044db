/** A rectangle of the pane in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A place where a label may stand: a point of the edge that its text begins, ends or is centred at. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly align: 'left' | 'right' | 'center';
  /** Which edge of the text is at `y`. */
  readonly edge: 'top' | 'bottom';
  /** How far the text may be pushed aside to get out of the way: its far edge stops there. */
  readonly slideTo?: number;
}

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly color: string;
  /** Higher ones are placed first; from `urgent` on they may lie over parts of objects where there is no other room. */
  readonly rank: number;
  readonly isFaint: boolean;
  /** The best one first. */
  readonly places: readonly LabelPlace[];
}

export interface PlacedLabel extends Box {
  readonly id: string;
  readonly text: string;
  readonly color: string;
  readonly isFaint: boolean;
}

export interface LabelRoom {
  readonly width: number;
  readonly height: number;
  /** What lies over the chart: no label may be under it. */
  readonly covered: readonly Box[];
  /** Parts of objects that labels keep clear of. */
  readonly blocked: readonly Box[];
  readonly widthOf: (text: string) => number;
}

/** The rank of what somebody points at. */
export const urgent = 2;
export const labelHeight = 13;
/** Free room between two labels. */
const gap = 2;
/** A label is pushed past so many others before the next place is tried. */
const mostSlides = 4;
/** More of them on one screen nobody reads. */
const mostLabels = 250;

/**
 * Gives labels places in which none lies over another one, under what covers the chart, or out of the pane. Whichever
 * finds no room is left out. Of the same rank, the first in the list come first.
 */
export function placeLabels(wishes: readonly LabelWish[], room: LabelRoom): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  // Both grow by what is placed.
  const [taken, hard] = [[...room.covered, ...room.blocked], [...room.covered]];
  for (const wish of [...wishes].sort((a, b) => b.rank - a.rank)) {
    if (placed.length >= mostLabels) break;
    const width = room.widthOf(wish.text);
    const box =
      firstFree(wish.places, width, room, taken) ??
      (wish.rank >= urgent ? firstFree(wish.places, width, room, hard) : null);
    if (box === null) continue;
    taken.push(box);
    hard.push(box);
    placed.push({ ...box, id: wish.id, text: wish.text, color: wish.color, isFaint: wish.isFaint });
  }
  return placed;
}

function firstFree(
  places: readonly LabelPlace[],
  width: number,
  room: LabelRoom,
  taken: readonly Box[],
): Box | null {
  for (const place of places) {
    const box = slid(boxAt(place, width), place, taken);
    if (box !== null && isWithin(box, room)) return box;
  }
  return null;
}

function boxAt({ x, y, align, edge }: LabelPlace, width: number): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return { left, top: edge === 'top' ? y : y - labelHeight, width, height: labelHeight };
}

/** The box where it is, or pushed past what is in its way, away from the edge it is aligned to; null without room. */
function slid(wanted: Box, { align, slideTo }: LabelPlace, taken: readonly Box[]): Box | null {
  let box = wanted;
  for (let slides = 0; slides <= mostSlides; slides += 1) {
    const at = box;
    const obstacle = taken.find((other) => overlaps(at, other));
    if (obstacle === undefined) return box;
    if (slideTo === undefined || align === 'center') return null;
    const left =
      align === 'left' ? obstacle.left + obstacle.width + gap * 2 : obstacle.left - gap * 2 - box.width;
    const isBeyond = align === 'left' ? left + box.width > slideTo : left < slideTo;
    if (isBeyond) return null;
    box = { ...box, left };
  }
  return null;
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width + gap &&
    b.left < a.left + a.width + gap &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function isWithin({ left, top, width, height }: Box, room: LabelRoom): boolean {
  return left >= 0 && top >= 0 && left + width <= room.width && top + height <= room.height;
}
