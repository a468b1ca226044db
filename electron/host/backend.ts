import type { Caller } from '#shared/domain/job';
import type { StoreSummary } from '#shared/domain/store-summary';
import { createClient, type Bridge } from '#shared/ipc';
import type { SchedulePace } from '../jobs/schedules/schedules.ts';
import type { StartChild } from '../platform/child.ts';

export interface OpenStoreOptions {
  readonly folder: string;
  /** Makes an empty store where there is none; otherwise that is an error (`store-missing`). */
  readonly create: boolean;
  readonly startChild: StartChild;
  readonly appVersion: string;
  /** `read` never takes the store: it asks the owner if there is one, else reads what lies on disk. */
  readonly access?: 'own' | 'read';
  /** Told when the store is given up while rows are safe in the log alone, in one sentence. */
  readonly onBacklog?: (backlog: string) => void;
  /** Told when the store is opened where its log could not be read, in one sentence: answers may lack rows then. */
  readonly onDamage?: (damage: string) => void;
  /** IANA zone of times without an offset, for a folder that is no store but the data of another program. */
  readonly zone?: string;
  /** Runs the store's schedules while this process owns it. */
  readonly schedules?: SchedulePace;
  /** Who the calls come from; a window unless said otherwise. */
  readonly caller?: Caller;
}

/** How the calls are answered just now. */
export interface Backend {
  readonly call: (channel: string, args: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What a backend needs of who asks. */
export interface BackendParts {
  readonly folder: string;
  readonly options: OpenStoreOptions;
  /** Told of every event of the contract. */
  readonly emit: (channel: string, payload: unknown) => void;
  /** Told when this backend answers no more, and another is to be found. */
  readonly onLost: () => void;
}

/** What the store is, as a backend describes it. */
export function describeBy(call: Bridge['call']): Promise<StoreSummary> {
  return createClient({ call, subscribe: () => () => undefined }).store.describe({});
}
