import { z } from 'zod';
import { layoutSettingsOf, longestLayoutName, type SavedLayout } from '../state/layouts-slice.ts';
import { savedSettings } from './saved-workspace.ts';

const layout = z.object({
  name: z.string().trim().min(1).max(longestLayoutName),
  panels: z.unknown().optional(),
  settings: savedSettings.catch(savedSettings.parse({})).transform(layoutSettingsOf),
});

/** Reads the layouts that were saved, each name once. Those that make no sense are left out. */
export function readLayouts(text: string | null): readonly SavedLayout[] {
  const list = z.array(z.unknown()).safeParse(parseOrNull(text)).data ?? [];
  const read = new Map<string, SavedLayout>();
  for (const each of list) {
    const { data } = layout.safeParse(each);
    if (data !== undefined && !read.has(data.name))
      read.set(data.name, { ...data, panels: data.panels ?? null });
  }
  return [...read.values()];
}

function parseOrNull(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
