import type { PictureOrder } from '#shared/domain/window-purpose';
import { z } from 'zod';

/** A picture to paint in a window that nobody sees, and where to save it. */
export interface PictureRequest extends PictureOrder {
  /** An absolute path. */
  readonly file: string;
  /** In pixels, caption included. */
  readonly width: number;
  readonly height: number;
}

const schema = z
  .object({
    file: z.string().min(1),
    symbol: z.string().min(1).max(64),
    timeframe: z.string().min(2).max(8),
    from: z.int(),
    until: z.int(),
    theme: z.enum(['dark', 'light']),
    zone: z.string(),
    width: z.int().min(200).max(8_000),
    height: z.int().min(160).max(8_000),
  })
  .strict();

/** Reads what `tapedeck snapshot` hands over. Only that command writes it, so a fault is a mistake of ours. */
export function readPictureOrder(text: string): PictureRequest {
  return schema.parse(JSON.parse(text));
}
