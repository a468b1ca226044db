import type { TimedValues } from '../../data/comparison.ts';
import type { IndicatorSetting, LineColour } from '../../data/indicator-setting.ts';

/** Another symbol beside the candles. */
export interface ComparedOnChart {
  readonly symbol: string;
  readonly colour: LineColour;
  /** Its closes at bars of the chart; null while they are being read. */
  readonly closes: TimedValues | null;
}

/** The column of a query's result, over the candles. */
export interface QueryLineOnChart {
  readonly name: string;
  readonly points: TimedValues;
}

/** What is drawn beside the candles and the objects. */
export interface StudySetting {
  readonly indicators: readonly IndicatorSetting[];
  readonly compared: readonly ComparedOnChart[];
  /** Null while no result is drawn. */
  readonly queryLine: QueryLineOnChart | null;
  readonly hasVolume: boolean;
  /** Shares of the height by pane, as they were left. */
  readonly paneShares: Readonly<Record<string, number>>;
}

export const noStudies: StudySetting = {
  indicators: [],
  compared: [],
  queryLine: null,
  hasVolume: true,
  paneShares: {},
};

/** A pane of the chart: `price`, `volume`, or the id of the indicator in it. Pixels from the top of the chart. */
export interface PanePlace {
  readonly id: string;
  readonly top: number;
  readonly height: number;
}
