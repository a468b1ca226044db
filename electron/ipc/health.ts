import type { Contract } from '#shared/ipc';
import type { Health } from '../queries/health/health.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on how the store does, judged and counted at the moment of the call. */
export function healthHandlers(health: Health): Handlers<Contract['health']> {
  return { check: () => health.check(), metrics: () => health.metrics() };
}
