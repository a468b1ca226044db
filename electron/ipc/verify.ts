import type { Contract } from '#shared/ipc';
import type { Verify } from '../jobs/verify/verify.ts';
import type { Handlers } from './handlers.ts';

export function verifyHandlers(verify: Verify): Handlers<Contract['verify']> {
  return { run: (request, signal) => verify.run(request, () => undefined, signal) };
}
