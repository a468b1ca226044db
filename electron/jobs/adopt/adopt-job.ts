import { counted, grouped } from '#shared/counted';
import type { AdoptReport } from '#shared/domain/adoption';
import { contract } from '#shared/ipc';
import type { JobKind } from '../queue/job-kind.ts';
import { wholeStore } from '../queue/job-partitions.ts';
import type { Adoption } from './adopt-files.ts';
import type { AdoptRequest } from './adopt-folder.ts';

export type AdoptKind = JobKind<AdoptRequest, AdoptRequest, AdoptReport>;

/** Making everything that lies in the store's folders a part of it. What it will find is only known by reading all. */
export function createAdoptKind(adoption: Adoption): AdoptKind {
  return {
    kind: 'adopt',
    plan: (request) => Promise.resolve(request),
    title: () => 'Adopt files',
    partitionsOf: () => [wholeStore],
    async run(request, { signal, progress, log }) {
      const report = await adoption.adoptAll(request, {
        signal,
        onLook: (seen) => progress({ doing: lookText(seen) }),
        onProgress: ({ files, ofFiles }) =>
          progress({ files, filesTotal: ofFiles, doing: 'Taking files in' }),
      });
      progress({ files: report.files.length, filesTotal: report.files.length, rows: report.rows });
      for (const { path, outcome, reason } of report.files) {
        if (outcome !== 'kept') log(`${path} ${outcome}: ${reason ?? ''}`);
      }
      return report;
    },
    resume: contract.adoption.start.args,
  };
}

/** What is said while the folders are looked through: until then nobody knows how much there is to do. */
export function lookText({
  files,
  ofFiles,
}: {
  readonly files: number;
  readonly ofFiles: number | null;
}): string {
  if (ofFiles === null) return `Looking through the folders, ${counted(files, 'file')} so far`;
  return `Looking into ${counted(ofFiles, 'file')}, ${grouped(files)} done`;
}
