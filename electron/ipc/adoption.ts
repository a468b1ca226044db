import type { Contract } from '#shared/ipc';
import type { Adoption } from '../jobs/adopt/adopt-files.ts';
import type { Handlers } from './handlers.ts';

export function adoptionHandlers(adoption: Adoption): Handlers<Contract['adoption']> {
  return { run: (request) => adoption.adoptAll(request) };
}
