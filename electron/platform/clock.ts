/** The wall clock, ms UTC. Tests hand in one that jumps. */
export type Clock = () => number;

/** The clock of this machine, which jumps when somebody sets it. */
export const systemClock: Clock = () => Date.now();
