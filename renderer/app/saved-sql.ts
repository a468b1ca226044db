import { sqlLimits } from '#shared/domain/sql';
import { z } from 'zod';
import { newSql, type SavedSql } from '../state/sql/sql-state.ts';
import { onlySound } from './only-sound.ts';

const tab = z.object({
  id: z.string().regex(/^q\d{1,9}$/),
  name: z.string(),
  text: z.string(),
  savedAs: z.string().nullable().catch(null),
});

const ran = z.object({
  text: z.string(),
  atMs: z.number(),
  rows: z.number().nullable().catch(null),
  elapsedMs: z.number().nullable().catch(null),
});

/** Queries as the window keeps them. What is not one is left out, and nothing else with it. */
export const savedSql = z
  .object({
    tabs: z
      .array(z.unknown())
      .transform((list) => onlySound(list, tab, ({ id }) => id))
      .refine((tabs) => tabs.length > 0)
      .catch(newSql.tabs),
    active: z.string().catch(newSql.active),
    history: z
      .array(z.unknown())
      .transform((list) => onlySound(list, ran, ({ atMs, text }) => `${atMs} ${text}`))
      .catch([]),
    maxRows: z.int().min(1).max(sqlLimits.mostRows).catch(newSql.maxRows),
    editorShare: z.number().min(0.15).max(0.85).catch(newSql.editorShare),
  })
  .transform((saved): SavedSql => {
    const isThere = saved.tabs.some(({ id }) => id === saved.active);
    return isThere ? saved : { ...saved, active: saved.tabs[0]?.id ?? newSql.active };
  })
  .catch(newSql);

/** What of the slice is kept. */
export function sqlToSave({ tabs, active, history, maxRows, editorShare }: SavedSql): SavedSql {
  return { tabs, active, history, maxRows, editorShare };
}
