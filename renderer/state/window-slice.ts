import type { WindowPurpose } from '#shared/domain/window-purpose';
import type { Client } from '#shared/ipc';
import type { PictureCaption } from '../data/picture-caption.ts';

/** Paints the chart that is on the screen, with a caption under it. */
export type PaintChart = (caption: PictureCaption) => HTMLCanvasElement;

/** Moves the chart that is on the screen, and the crosshair in it. */
export interface ChartDriver {
  readonly step: (bars: number) => void;
  readonly moveToEnd: (end: 'first' | 'last') => void;
  /** Puts the crosshair on the loaded bar that opens then, and brings that onto the screen. */
  readonly showBar: (ts: number) => void;
  /** Shows fewer bars for a factor below one, more above it. */
  readonly zoom: (factor: number) => void;
  /** Inspects the object at the crosshair that follows the one that is inspected. */
  readonly inspectNext: () => void;
  readonly leave: () => void;
  readonly fitPrices: () => void;
  readonly focus: () => void;
}

/** What this window is for, how it stands to the others, and what it has to say of both. */
export interface WindowSlice {
  /** Null until main has told. */
  readonly purpose: WindowPurpose | null;
  /** It looks at what the windows look at that are linked with it. */
  readonly isLinked: boolean;
  /** Something that the user asked for and that cannot be seen, or could not be done. */
  readonly notice: Notice | null;
  /** Null while no chart is on the screen. */
  readonly paintChart: PaintChart | null;
  /** Null while no chart is on the screen. */
  readonly chartDriver: ChartDriver | null;
  /** What main does for windows. */
  readonly main: Pick<
    Client['window'],
    | 'open'
    | 'share'
    | 'saveImage'
    | 'saveText'
    | 'copyImage'
    | 'chooseResultFile'
    | 'choosePlace'
    | 'chooseImports'
    | 'openStore'
    | 'showStoreFolder'
    | 'showFile'
  >;
  readonly notePurpose: (purpose: WindowPurpose) => void;
  readonly setLinked: (isLinked: boolean) => void;
  readonly say: (notice: Notice | null) => void;
  readonly setPaintChart: (paintChart: PaintChart | null) => void;
  readonly setChartDriver: (chartDriver: ChartDriver | null) => void;
}

export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
  /** Leads to where there is more to see. */
  readonly more?: { readonly label: string; readonly run: () => void };
}

/** Has no purpose, link or chart until it is told of them. Calls of `main` reject with a `WorkbenchError`. */
export function windowSlice(client: Client, set: (change: Partial<WindowSlice>) => void): WindowSlice {
  return {
    main: client.window,
    purpose: null,
    isLinked: false,
    notice: null,
    paintChart: null,
    chartDriver: null,
    notePurpose: (purpose) => set({ purpose }),
    setLinked: (isLinked) => set({ isLinked }),
    say: (notice) => set({ notice }),
    setPaintChart: (paintChart) => set({ paintChart }),
    setChartDriver: (chartDriver) => set({ chartDriver }),
  };
}
