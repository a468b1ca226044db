import type { Settings } from './settings-slice.ts';

/** Settings that belong to an arrangement of the window. Colours, styles and the time zone are a matter of taste, and stay. */
export const layoutSettings = [
  'priceScale',
  'layers',
  'objectFilters',
  'indicators',
  'compared',
  'hasVolume',
  'hasSessionShading',
  'hasGaps',
  'resolution',
  'paneShares',
] as const satisfies readonly (keyof Settings)[];

export type LayoutSettings = Pick<Settings, (typeof layoutSettings)[number]>;

/** An arrangement of the window under a name. */
export interface SavedLayout {
  readonly name: string;
  /** As the docking library writes it; null is the usual arrangement. */
  readonly panels: unknown;
  readonly settings: LayoutSettings;
}

export const longestLayoutName = 60;

export interface LayoutsSlice {
  /** By name. */
  readonly list: readonly SavedLayout[];
  /** Takes over what is kept elsewhere. */
  readonly noteList: (list: readonly SavedLayout[]) => void;
  /** Saves under a name, in place of the one that had it. */
  readonly save: (layout: SavedLayout) => void;
  /** Does nothing when the new name is taken by another one. */
  readonly rename: (name: string, newName: string) => void;
  readonly remove: (name: string) => void;
}

/** Begins with no layouts. They are kept in memory alone: whoever wants them saved watches `list`. */
export function layoutsSlice(
  set: (change: Partial<LayoutsSlice>) => void,
  get: () => LayoutsSlice,
): LayoutsSlice {
  const noteList = (list: readonly SavedLayout[]) =>
    set({ list: [...list].sort((a, b) => a.name.localeCompare(b.name)) });
  const othersThan = (name: string) => get().list.filter((each) => each.name !== name);
  return {
    list: [],
    noteList,
    save: (layout) => noteList([...othersThan(layout.name), layout]),
    rename(name, newName) {
      const renamed = get().list.find((each) => each.name === name);
      const isTaken = newName !== name && get().list.some((each) => each.name === newName);
      if (renamed !== undefined && !isTaken) noteList([...othersThan(name), { ...renamed, name: newName }]);
    },
    remove: (name) => noteList(othersThan(name)),
  };
}

/** What of some settings belongs to an arrangement. */
export function layoutSettingsOf(settings: Settings): LayoutSettings {
  return Object.fromEntries(
    layoutSettings.map((name) => [name, settings[name]]),
  ) as unknown as LayoutSettings;
}
