/** What the docking area is asked to do. A new object each time, so that asking twice is two requests. */
export type PanelRequest =
  | { readonly kind: 'show' | 'hide'; readonly panel: string }
  /** Open the list of symbols and search it, beginning with what was typed. */
  | { readonly kind: 'search'; readonly typed: string }
  /** Open the table of bars, and put the focus into it. */
  | { readonly kind: 'list-bars' }
  /** Put panels where a layout has them; null is the usual one. */
  | { readonly kind: 'arrange'; readonly panels: unknown };

/** What is remembered beside the chart and the settings: how panels are arranged, and whether saving works. */
export interface WorkspaceSlice {
  /** The docking layout as its library writes it; null is the usual one. */
  readonly layout: unknown;
  readonly openPanels: readonly string[];
  /** Those of them that are not behind another one. */
  readonly visiblePanels: readonly string[];
  readonly request: PanelRequest | null;
  /** What is typed into the search for symbols. */
  readonly search: string;
  /** What is typed into other fields and not yet used, by the field's name. */
  readonly drafts: Readonly<Record<string, string>>;
  /** Ids of the commands that were last run from the palette, the latest first. */
  readonly recentCommands: readonly string[];
  readonly isRestored: boolean;
  /** Why the last save failed; null while saving works. */
  readonly saveProblem: string | null;
  readonly setLayout: (layout: unknown) => void;
  readonly noteOpenPanels: (panels: readonly string[]) => void;
  readonly noteVisiblePanels: (panels: readonly string[]) => void;
  readonly setSearch: (search: string) => void;
  /** Empty text forgets the draft. */
  readonly setDraft: (name: string, text: string) => void;
  readonly noteCommand: (id: string) => void;
  readonly ask: (request: PanelRequest) => void;
  /** The request was carried out: whoever comes later need not. */
  readonly noteDone: (request: PanelRequest) => void;
  readonly noteRestored: (
    saved: Pick<WorkspaceSlice, 'layout' | 'search' | 'drafts' | 'recentCommands'>,
  ) => void;
  readonly noteSave: (problem: string | null) => void;
}

const mostRecent = 8;

/** Begins with the usual arrangement, not yet restored. Kept in memory alone: whoever wants it saved watches it. */
export function workspaceSlice(
  set: (change: Partial<WorkspaceSlice>) => void,
  get: () => WorkspaceSlice,
): WorkspaceSlice {
  return {
    layout: null,
    openPanels: [],
    visiblePanels: [],
    request: null,
    search: '',
    drafts: {},
    recentCommands: [],
    isRestored: false,
    saveProblem: null,
    setLayout: (layout) => set({ layout }),
    noteOpenPanels: (openPanels) => set({ openPanels }),
    noteVisiblePanels: (visiblePanels) => set({ visiblePanels }),
    setSearch: (search) => set({ search }),
    setDraft(name, text) {
      const others = Object.entries(get().drafts).filter(([each]) => each !== name);
      set({ drafts: Object.fromEntries(text === '' ? others : [...others, [name, text]]) });
    },
    noteCommand(id) {
      const others = get().recentCommands.filter((each) => each !== id);
      set({ recentCommands: [id, ...others].slice(0, mostRecent) });
    },
    ask: (request) => set(request.kind === 'search' ? { request, search: request.typed } : { request }),
    noteDone(request) {
      if (request === get().request) set({ request: null });
    },
    noteRestored: (saved) => set({ ...saved, isRestored: true }),
    noteSave(problem) {
      if (problem !== get().saveProblem) set({ saveProblem: problem });
    },
  };
}
