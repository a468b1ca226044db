import { z } from 'zod';
import { isCustomColour, lineColours, type LineColour } from '../data/indicator-setting.ts';

/** A named colour, or one that somebody mixed. */
export const savedColour: z.ZodType<LineColour> = z.union([
  z.enum(lineColours),
  z
    .string()
    .refine(isCustomColour)
    .transform((text) => text as LineColour),
]);
