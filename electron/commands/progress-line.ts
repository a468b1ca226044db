import { counted, grouped } from '#shared/counted';
import { jobShare, jobTimeLeftMs, type JobSummary } from '#shared/domain/job';
import { formatBytes } from './output.ts';

/** How far a job is, in one line for a terminal. */
export function progressLine(job: JobSummary, nowMs: number): string {
  if (job.state === 'queued')
    return `${job.title}: waits${job.waitsFor === null ? '' : ` for ${job.waitsFor}`}`;
  const { files, filesTotal, rows, rowsTotal, sizeBytes, sizeBytesTotal, doing } = job.progress;
  const share = jobShare(job);
  const leftMs = jobTimeLeftMs(job, nowMs);
  const said = [
    share === null ? '' : `${Math.floor(share * 100)} %`,
    filesTotal === null ? '' : `${grouped(files)} of ${counted(filesTotal, 'file')}`,
    rowsTotal === null ? '' : `${grouped(rows)} of ${counted(rowsTotal, 'row')}`,
    sizeBytesTotal === null ? '' : `${formatBytes(sizeBytes)} of ${formatBytes(sizeBytesTotal)}`,
    leftMs === null ? '' : `${Math.ceil(leftMs / 1000)} s left`,
    doing ?? '',
  ];
  return `${job.title}: ${said.filter((text) => text !== '').join(', ')}`;
}
