import type { StoreSummary } from '#shared/domain/store-summary';
import type { StoreDocument } from '#schemas/documents/store-document';
import { basename } from 'node:path';
import type { Store } from '../storage/store.ts';

export type Describe = () => StoreSummary;

/** Describes the store at the moment of the call; its bytes are those of living files and the log, not of the trash. */
export function createDescribe(
  store: Store,
  document: StoreDocument,
  folder: string,
  appVersion: string,
  /** What else the user should know of the files. */
  notes: () => readonly string[] = () => [],
): Describe {
  return () => {
    const { backlog, failure } = store;
    let sizeBytes = store.logBytes;
    for (const file of store.catalog.files()) sizeBytes += file.sizeBytes;
    return {
      id: document.id,
      folder,
      name: document.name ?? basename(folder),
      isDemo: document.isDemo,
      access: store.access,
      readOnlyReason: store.readOnlyReason,
      zone: document.settings.zone,
      home: document.settings.home ?? null,
      formatVersion: document.formatVersion,
      appVersion,
      sequence: store.sequence,
      sizeBytes,
      fileCount: store.catalog.fileCount,
      backlog,
      warnings: [
        ...store.warnings,
        ...notes(),
        ...[backlog ?? failure?.message].filter((text) => text !== undefined),
      ],
    };
  };
}
