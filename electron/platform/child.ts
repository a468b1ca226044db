/** A process of ours that may die without harm. Messages are plain data and buffers. */
export interface Child {
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Called once, however it ended; `reason` is for the log. */
  readonly onExit: (listener: (reason: string) => void) => void;
  readonly kill: () => void;
}

/** The programs that run apart from the owner, each a file of that name beside the built main file. */
export type ChildProgram = 'compactor' | 'exporter' | 'importer' | 'sql';

/** utilityProcess in Electron, fork in plain Node. */
export type StartChild = (program: ChildProgram) => Child;
