import { counted } from '#shared/counted';
import { obstacleOf, type ExportPlan, type ExportRequest } from '#shared/domain/export-plan';
import type { ExportReport } from '#shared/domain/export-report';
import { WorkbenchError } from '#shared/errors';
import { contract } from '#shared/ipc';
import type { Exports } from '../exports/exports.ts';
import type { JobKind } from './queue/job-kind.ts';

export interface ExportJobPlan {
  readonly request: ExportRequest;
  readonly plan: ExportPlan;
}

export type ExportKind = JobKind<ExportRequest, ExportJobPlan, ExportReport> & {
  /** What a job of the request would do, also where something keeps it from running. */
  readonly look: Exports['plan'];
};

const namedSymbols = 3;

/** Exporting: it writes nothing in the store, so that it also runs where that may only be read. */
export function createExportKind(exports: Exports): ExportKind {
  return {
    kind: 'export',
    look: exports.plan,
    async plan(request) {
      const plan = await exports.plan(request);
      const obstacle = obstacleOf(plan);
      if (obstacle !== null) throw new WorkbenchError(obstacle.code ?? 'argument-invalid', obstacle.detail);
      return { request, plan };
    },
    title: ({ plan: { profile, datasets, symbols, timeframe } }) => {
      const who = symbols.length > namedSymbols ? counted(symbols.length, 'symbol') : symbols.join(', ');
      return ['Export', datasets.join(' and '), 'of', who, timeframe, 'as', profile.name]
        .filter(Boolean)
        .join(' ');
    },
    // Two exports into one folder would be in each other's way.
    partitionsOf: ({ plan }) => [`exports${plan.folder}/`],
    async run({ request, plan }, { signal, progress, log }) {
      const isOneFile = plan.fileCount === 1;
      progress({
        filesTotal: plan.fileCount,
        // Rows are counted file by file: of a single one the bytes tell more.
        rowsTotal: isOneFile ? null : plan.rows,
        sizeBytesTotal: plan.sizeBytes,
      });
      const report = await exports.run(request, progress, signal);
      progress({
        files: report.files.length,
        filesTotal: report.files.length,
        rows: report.rows,
        rowsTotal: report.rows,
        sizeBytes: report.sizeBytes,
        sizeBytesTotal: report.sizeBytes,
      });
      for (const note of report.notes) log(note);
      log(`${counted(report.rows, 'row')} in ${counted(report.files.length, 'file')} in ${report.folder}`);
      return report;
    },
    // A full disk or a forbidden folder does not mend itself.
    canRetry: ({ code }) => code === 'disk-failed',
    readsOnly: () => true,
    resume: contract.exports.start.args,
  };
}
