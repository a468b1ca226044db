import type { Contract } from '#shared/ipc';
import type { Health } from '../queries/health/health.ts';
import type { Handlers } from './handlers.ts';

export function healthHandlers(health: Health): Handlers<Contract['health']> {
  return { check: () => health.check(), metrics: () => health.metrics() };
}
