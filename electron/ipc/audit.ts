import type { Contract } from '#shared/ipc';
import type { Audit } from '../jobs/retention/audit.ts';
import type { Handlers } from './handlers.ts';

export function auditHandlers(audit: Audit): Handlers<Contract['audit']> {
  return { list: ({ limit }) => audit(limit) };
}
