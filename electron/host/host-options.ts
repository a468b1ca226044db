import type { StoreDocument } from '#schemas/documents/store-document';
import type { SchedulePace } from '../jobs/schedules/schedules.ts';
import type { StartChild } from '../platform/child.ts';
import type { FollowedStore, ForeignFolder } from '../state-source.ts';
import type { Ownership } from './ownership.ts';

/** How a store is opened in this process. */
export interface HostOptions {
  readonly folder: string;
  readonly document: StoreDocument;
  readonly access: 'owner' | 'reader';
  /** Of an owner: nothing is written any more once it is lost. */
  readonly ownership?: Ownership;
  readonly startChild: StartChild;
  readonly appVersion: string;
  /** A folder that another program keeps, without a log of ours. Such a store is for reading only. */
  readonly foreign?: ForeignFolder;
  /** Told on opening where the log could not be read, in one sentence. */
  readonly onDamage?: ((damage: string) => void) | undefined;
  /** For a reader that stays open: why it is one, and that it takes in what the owner commits. */
  readonly followed?: FollowedStore;
  /** For a reader: its jobs are kept with those of the store. */
  readonly keepsHistory?: boolean;
  /** Runs the schedules of a store that is owned; otherwise they are only shown and changed. */
  readonly schedules?: SchedulePace;
  /** Settings were changed and are on disk: the store is to be opened anew with them. */
  readonly onSettings?: (document: StoreDocument) => void;
}
