import type { z } from 'zod';

/** Those of a list that read, each name once. */
export function onlySound<T>(
  list: readonly unknown[],
  schema: z.ZodType<T>,
  nameOf: (item: T) => string,
): readonly T[] {
  const read = new Map<string, T>();
  for (const item of list) {
    const { data } = schema.safeParse(item);
    if (data !== undefined && !read.has(nameOf(data))) read.set(nameOf(data), data);
  }
  return [...read.values()];
}
