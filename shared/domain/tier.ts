/** Where files lie by age: fast disks first, cheap ones last. */
export const tierIds = ['hot', 'warm', 'cold'] as const;

export type TierId = (typeof tierIds)[number];
