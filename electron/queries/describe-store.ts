import type { StoreSummary } from '#shared/domain/store-summary';
import type { StoreDocument } from '#schemas/documents/store-document';
import { basename } from 'node:path';
import type { Store } from '../storage/store.ts';

export type Describe = () => StoreSummary;

export function createDescribe(
  store: Store,
  document: StoreDocument,
  folder: string,
  appVersion: string,
  /** What else the user should know of the files. */
  notes: () => readonly string[] = () => [],
): Describe {
  return () => {
    let sizeBytes = store.logBytes;
    for (const file of store.catalog.files()) sizeBytes += file.sizeBytes;
    return {
      id: document.id,
      folder,
      name: document.name ?? basename(folder),
      isDemo: document.isDemo,
      access: store.access,
      zone: document.settings.zone,
      home: document.settings.home ?? null,
      formatVersion: document.formatVersion,
      appVersion,
      sequence: store.sequence,
      sizeBytes,
      fileCount: store.catalog.fileCount,
      warnings: [...store.warnings, ...notes(), ...(store.failure === null ? [] : [store.failure.message])],
    };
  };
}
