import type { ObjectState } from '#shared/domain/chart-object';
import { isEnded } from './object-status.ts';
import { styleIdOf, type StyleId } from './object-style.ts';
import { labelOf, toneOf, type Tone } from './object-tone.ts';

/** What an object says of itself that decides how it looks. */
export interface ObjectTraits {
  readonly styleId: StyleId;
  readonly tone: Tone;
  readonly isOpen: boolean;
  /** A word or two to write beside it; may be empty. */
  readonly label: string;
}

/** Payloads are read once rather than in every frame: a state never changes. */
const known = new WeakMap<ObjectState, ObjectTraits>();

/** Read once for each object and then remembered: the same object has to mean the same state. */
export function traitsOf(object: ObjectState): ObjectTraits {
  const found = known.get(object);
  if (found !== undefined) return found;
  const traits: ObjectTraits = {
    styleId: styleIdOf(object),
    tone: toneOf(object),
    isOpen: !isEnded(object),
    label: labelOf(object),
  };
  known.set(object, traits);
  return traits;
}
