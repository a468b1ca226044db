import { counted } from '#shared/counted';
import type { VerifyReport } from '#shared/domain/verify-report';
import { contract, type VerifyRequest } from '#shared/ipc';
import type { Store } from '../../storage/store.ts';
import type { JobKind } from '../queue/job-kind.ts';
import { wholeStore } from '../queue/job-partitions.ts';
import type { Verify } from './verify.ts';

export interface VerifyPlan {
  readonly request: VerifyRequest;
  readonly files: number;
}

export type VerifyKind = JobKind<VerifyRequest, VerifyPlan, VerifyReport>;

/** Two checks would find each other's work. */
const checks = 'checks';

/** Checking every file against the log; with `repair`, putting right what was found. */
export function createVerifyKind(verify: Verify, store: Store): VerifyKind {
  return {
    kind: 'verify',
    plan: (request) => Promise.resolve({ request, files: [...store.catalog.files()].length }),
    title: ({ request, files }) => {
      const verb = request.repair === true ? 'Check and repair' : 'Check';
      return `${verb} ${counted(files, 'file')}${request.deep === true ? ', every byte' : ''}`;
    },
    partitionsOf: ({ request }) => [request.repair === true ? wholeStore : checks],
    async run({ request, files }, { signal, progress, log }) {
      progress({ filesTotal: files, doing: 'Checking' });
      const onProgress = (done: { readonly files: number; readonly ofFiles: number; problems: number }) =>
        progress({
          files: done.files,
          filesTotal: done.ofFiles,
          doing: done.problems === 0 ? 'Checking' : `Checking; ${counted(done.problems, 'problem')} so far`,
        });
      const report = await verify.run(request, onProgress, signal);
      progress({ rows: report.rows, sizeBytes: report.sizeBytes });
      for (const { path, detail, repaired } of report.problems) {
        log(`${path}: ${detail}${repaired === null ? '' : `; ${repaired}`}`);
      }
      log(report.isClean ? 'The store is clean.' : `${counted(report.problems.length, 'problem')}.`);
      return report;
    },
    findingOf: ({ problems }) => (problems.length === 0 ? null : counted(problems.length, 'problem')),
    resume: contract.verify.start.args,
    readsOnly: ({ request }) => request.repair !== true,
  };
}
