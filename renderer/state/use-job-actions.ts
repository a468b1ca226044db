import type { JobSummary } from '#shared/domain/job';
import { problemOf } from '../data/problem.ts';
import { useWorkbenchStore } from './use-workbench.ts';

/** What a user can do about jobs. A call that fails is said in the window. */
export function useJobActions() {
  const store = useWorkbenchStore();
  const { calls, noteBegun, noteChanged, select } = store.getState().jobs;

  async function saying<T>(act: Promise<T>): Promise<T | null> {
    try {
      return await act;
    } catch (error) {
      store.getState().window.say({ tone: 'bad', text: problemOf(error).message });
      return null;
    }
  }

  return {
    cancel: async (id: string) => {
      const job = await saying(calls.jobs.cancel({ id }));
      if (job !== null) noteChanged([job]);
    },
    resume: async (id: string) => {
      const job = await saying(calls.jobs.resume({ id }));
      if (job === null) return;
      noteBegun(job);
      select(job.id);
    },
    /** Begins a job; answers it, or null when it could not be begun. */
    begin: async (start: Promise<JobSummary>) => {
      const job = await saying(start);
      if (job !== null) noteBegun(job);
      return job;
    },
  };
}
