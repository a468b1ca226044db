/** The wall clock, ms UTC. Tests hand in one that jumps. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
