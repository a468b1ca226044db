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
  /** Which of the wished places it has, and how far it was pushed aside there, CSS pixels. */
  readonly place: number;
  readonly slide: number;
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
  const [taken, hard] = [rowsOf([...room.covered, ...room.blocked]), rowsOf(room.covered)];
  for (const wish of [...wishes].sort((a, b) => b.rank - a.rank)) {
    if (placed.length >= mostLabels) break;
    const width = room.widthOf(wish.text);
    const found =
      firstFree(wish.places, width, room, taken) ??
      (wish.rank >= urgent ? firstFree(wish.places, width, room, hard) : null);
    if (found === null) continue;
    const label = labelAt(wish, found, room);
    addTo(taken, label);
    addTo(hard, label);
    placed.push(label);
  }
  return placed;
}

/**
 * Moves labels along with what they name, without looking for better places: for the frames of a movement, in which
 * nobody reads. Those that are moved out of the pane or under what covers it are left out.
 */
export function followLabels(
  labels: readonly PlacedLabel[],
  wishes: readonly LabelWish[],
  room: Pick<LabelRoom, 'width' | 'height' | 'covered' | 'widthOf'>,
): readonly PlacedLabel[] {
  const byId = new Map<string, LabelWish>();
  for (const wish of wishes) byId.set(wish.id, wish);
  return labels.flatMap((label) => {
    const wish = byId.get(label.id);
    if (wish?.places[label.place] === undefined) return [];
    const followed = labelAt(wish, label, room);
    const isSeen = isWithin(followed, room) && !room.covered.some((box) => overlaps(followed, box));
    return isSeen ? followed : [];
  });
}

function labelAt(
  { id, text, color, isFaint, places }: LabelWish,
  { place, slide }: Pick<PlacedLabel, 'place' | 'slide'>,
  room: Pick<LabelRoom, 'widthOf'>,
): PlacedLabel {
  const wanted = places[place];
  if (wanted === undefined) throw new Error(`${id} has no place ${place}`);
  const box = boxAt(wanted, room.widthOf(text));
  return { ...box, left: box.left + slide, id, text, color, isFaint, place, slide };
}

function firstFree(
  places: readonly LabelPlace[],
  width: number,
  room: LabelRoom,
  taken: BoxRows,
): Pick<PlacedLabel, 'place' | 'slide'> | null {
  for (const [index, place] of places.entries()) {
    const wanted = boxAt(place, width);
    const box = slid(wanted, place, taken);
    if (box !== null && isWithin(box, room)) return { place: index, slide: box.left - wanted.left };
  }
  return null;
}

function boxAt({ x, y, align, edge }: LabelPlace, width: number): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
  return { left, top: edge === 'top' ? y : y - labelHeight, width, height: labelHeight };
}

/** The box where it is, or pushed past what is in its way, away from the edge it is aligned to; null without room. */
function slid(wanted: Box, { align, slideTo }: LabelPlace, taken: BoxRows): Box | null {
  let box = wanted;
  for (let slides = 0; slides <= mostSlides; slides += 1) {
    const at = box;
    const obstacle = firstOver(taken, at);
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

/** Boxes by the rows of the pane that they reach into, in the order they were added. */
type BoxRows = Map<number, Box[]>;

const rowHeight = 32;

function rowsOf(boxes: readonly Box[]): BoxRows {
  const rows: BoxRows = new Map();
  for (const box of boxes) addTo(rows, box);
  return rows;
}

function addTo(rows: BoxRows, box: Box): void {
  const last = Math.floor((box.top + box.height) / rowHeight);
  for (let row = Math.floor(box.top / rowHeight); row <= last; row += 1) {
    const boxes = rows.get(row);
    if (boxes === undefined) rows.set(row, [box]);
    else boxes.push(box);
  }
}

function firstOver(rows: BoxRows, at: Box): Box | undefined {
  const last = Math.floor((at.top + at.height) / rowHeight);
  for (let row = Math.floor(at.top / rowHeight); row <= last; row += 1) {
    const found = rows.get(row)?.find((other) => overlaps(at, other));
    if (found !== undefined) return found;
  }
  return undefined;
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width + gap &&
    b.left < a.left + a.width + gap &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function isWithin({ left, top, width, height }: Box, room: Pick<LabelRoom, 'width' | 'height'>): boolean {
  return left >= 0 && top >= 0 && left + width <= room.width && top + height <= room.height;
}
