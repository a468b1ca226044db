import type { ErrorCode } from '#shared/errors';

/** What a user is told about each kind of failure; the message of the failure itself adds the file or the field. */
export const errorWording: Readonly<Record<ErrorCode, string>> = {
  'argument-invalid': 'Something in that request is not valid.',
  busy: 'That is being worked on already.',
  cancelled: 'Stopped.',
  'compaction-unverified': 'The merged file did not match what it was made from, so nothing was changed.',
  'dataset-missing': 'The store holds no data for that yet.',
  'disk-failed': 'The disk did not do what was asked of it.',
  'disk-full': 'The disk is full.',
  'file-exists': 'There is a file of that name already.',
  'file-unreadable': 'A file of the store cannot be read.',
  held: 'A hold protects this, so nothing was removed.',
  'import-conflict': 'The store has other values for some of these bars, so nothing was imported.',
  'permission-denied': 'Reading or writing there is not allowed.',
  'plan-outdated': 'The store has changed since that was planned, so nothing was done.',
  'query-invalid': 'That query could not be run.',
  'query-stopped': 'That query took more than it may.',
  'result-gone': 'That result is no longer kept.',
  'store-missing': 'There is no store in that folder.',
  'store-owned': 'Another program has this store open for writing.',
  'store-read-only': 'This store is open for reading only.',
  'store-too-new': 'This store was made by a newer version of Tapedeck.',
  'store-unreadable': 'The store cannot be read.',
  'tier-missing': 'The disk of a tier is not there.',
  unexpected: 'Something went wrong.',
};
