import type { ComponentType } from 'react';

/** Where a panel opens when nothing else is remembered of it. */
export type PanelHome = 'left' | 'middle' | 'right' | 'bottom';

export interface Panel {
  /** Saved in layouts: never change it. */
  readonly id: string;
  readonly title: string;
  readonly home: PanelHome;
  /** Whether it goes on working behind another tab: what it holds could not be brought back as it was. */
  readonly goesOnHidden?: boolean;
  readonly Component: ComponentType;
}

/** Checks a panel where it is written, and keeps its id as a literal type. */
export const definePanel = <const P extends Panel>(panel: P): P => panel;
