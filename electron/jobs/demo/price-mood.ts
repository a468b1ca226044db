import type { Random } from './random.ts';

/** What a market is doing for a while. Prices move by `drift` minute volatilities a minute on average. */
export interface Mood {
  readonly kind: 'range' | 'trend' | 'impulse' | 'pause';
  readonly direction: 1 | -1;
  readonly drift: number;
  readonly volatility: number;
  /** How strongly a price is drawn back to where the mood began, per minute. */
  readonly pull: number;
  readonly minutes: number;
}

/**
 * The mood that follows another. An impulse is followed by a pause and a pause mostly by another impulse the same
 * way: that is the shape of a flag, so the demo has some. `stretch` (how far the price is from its start, in
 * volatilities of a week) makes moves back likelier than moves on.
 */
export function nextMood(previous: Mood | null, stretch: number, random: Random): Mood {
  const lean = Math.max(-0.3, Math.min(0.3, stretch * 0.2));
  const direction = random.isTrue(0.5 - lean) ? 1 : -1;
  if (previous?.kind === 'impulse' && random.isTrue(0.75)) return pause(previous.direction, random);
  if (previous?.kind === 'pause' && random.isTrue(0.85)) {
    return impulse(random.isTrue(0.68) ? previous.direction : opposite(previous.direction), random);
  }
  const roll = random.next();
  if (roll < 0.42) return range(direction, random);
  return roll < 0.78 ? trend(direction, random) : impulse(direction, random);
}

function range(direction: 1 | -1, random: Random): Mood {
  const minutes = Math.round(random.between(70, 260));
  return { kind: 'range', direction, drift: 0, volatility: random.between(0.7, 0.95), pull: 0.02, minutes };
}

function trend(direction: 1 | -1, random: Random): Mood {
  const drift = direction * random.between(0.03, 0.09);
  const minutes = Math.round(random.between(60, 240));
  return { kind: 'trend', direction, drift, volatility: random.between(0.8, 1.05), pull: 0, minutes };
}

function impulse(direction: 1 | -1, random: Random): Mood {
  const drift = direction * random.between(0.42, 0.7);
  const minutes = Math.round(random.between(12, 34));
  return { kind: 'impulse', direction, drift, volatility: random.between(0.9, 1.2), pull: 0, minutes };
}

function pause(direction: 1 | -1, random: Random): Mood {
  const drift = -direction * random.between(0.02, 0.07);
  const minutes = Math.round(random.between(22, 75));
  return { kind: 'pause', direction, drift, volatility: random.between(0.35, 0.5), pull: 0, minutes };
}

function opposite(direction: 1 | -1): 1 | -1 {
  return direction === 1 ? -1 : 1;
}
