import { storeDocument, storeFormatVersion, type StoreDocument } from '#schemas/documents/store-document';
import { createHash } from 'node:crypto';

/** Where the original bots and what they trade are at home. */
export const foreignZone = 'America/New_York';

/** Settings of a folder that other programs wrote, and of the store that is made of it. */
export function foreignSettings(zone: string): {
  readonly zone: string;
  readonly defaultCalendar: 'us-equity' | 'crypto';
} {
  return { zone, defaultCalendar: zone === foreignZone ? 'us-equity' : 'crypto' };
}

/** The document of a folder that has none: it is read by these settings, and nothing is written to it. */
export function foreignDocument(folder: string, zone = foreignZone): StoreDocument {
  return storeDocument.parse({
    id: createHash('sha256').update(folder).digest('hex').slice(0, 32),
    formatVersion: storeFormatVersion,
    createdMs: 0,
    settings: foreignSettings(zone),
  });
}
