import type { Contract } from '#shared/ipc';
import type { Audit } from '../jobs/retention/audit.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on files that have left the store. */
export function auditHandlers(audit: Audit): Handlers<Contract['audit']> {
  return { list: ({ limit }) => audit(limit) };
}
