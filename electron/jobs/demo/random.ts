/** A stream of numbers that depends on nothing but its seed and label. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
  /** Bell-shaped with mean 0 and variance 1, never beyond ±3.5. */
  readonly normal: () => number;
  readonly isTrue: (probability: number) => boolean;
}

/**
 * Chris Doty-Humphrey's sfc32 generator. Only sums, products and shifts are used to make numbers of it: sines and
 * logarithms differ in their last digit from one engine to the next, and the demo must not.
 */
export function createRandom(seed: number, label: string): Random {
  let a = hash(`${seed}/${label}/a`);
  let b = hash(`${seed}/${label}/b`);
  let c = hash(`${seed}/${label}/c`);
  let counter = 1;
  function next(): number {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 4_294_967_296;
  }
  for (let round = 0; round < 15; round += 1) next();
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    isTrue: (probability) => next() < probability,
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
