import type { ImportSource } from '#shared/domain/import';

/** A file that no bar can be read from. The message is what is wrong with it, without its name. */
export class UnreadableImport extends Error {}

/** One of which the columns are known but not which of them is what: who says that can have it read. */
export class UnmappedImport extends UnreadableImport {
  readonly source: ImportSource;

  constructor(message: string, source: ImportSource) {
    super(message);
    this.source = source;
  }
}
