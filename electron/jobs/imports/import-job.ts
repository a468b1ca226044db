import { counted, grouped } from '#shared/counted';
import type { ImportInspection, ImportReport, ImportRequest } from '#shared/domain/import';
import { importArgs } from '#shared/ipc';
import type { JobContext, JobKind } from '../queue/job-kind.ts';
import {
  checkRequest,
  inspectImport,
  runImport,
  type CheckedRequest,
  type ImportParts,
} from './run-import.ts';

export type ImportKind = JobKind<ImportRequest, CheckedRequest, ImportReport>;

export interface Imports {
  readonly kind: ImportKind;
  /** What an import of the request would come to. Writes nothing. */
  readonly inspect: (
    request: ImportRequest,
    isGlimpse: boolean,
    signal?: AbortSignal,
  ) => Promise<ImportInspection>;
}

/** Two imports would each hold all of their files in memory, and wait for each other's years. */
const imports = 'imports';

/** Taking in files that other programs wrote, as a job. */
export function createImports(parts: ImportParts): Imports {
  async function run(checked: CheckedRequest, context: JobContext): Promise<ImportReport> {
    const { signal, progress, log, reportSoFar } = context;
    const report = await runImport(parts, checked, {
      signal,
      onRead: progress,
      onStep: (doing) => progress({ doing }),
      log,
      onStored: reportSoFar,
    });
    const { rows, files } = report;
    progress({ files: files.length, filesTotal: files.length, rows, rowsTotal: rows });
    log(
      `${counted(rows, 'bar')} stored, ${grouped(report.duplicates)} were there already, ${grouped(report.rejectedRows)} rejected.`,
    );
    return report;
  }

  return {
    kind: {
      kind: 'import',
      plan: (request) => Promise.resolve(checkRequest(request)),
      title: titleOf,
      partitionsOf: () => [imports],
      run,
      findingOf: ({ rejectedRows }) =>
        rejectedRows === 0 ? null : counted(rejectedRows, 'row rejected', 'rows rejected'),
      // Bars that are stored already are known by their keys.
      resume: importArgs,
    },
    inspect: async (request, isGlimpse, signal) =>
      inspectImport(parts, checkRequest(request), isGlimpse, signal),
  };
}

function titleOf({ files, symbol, timeframe }: CheckedRequest): string {
  const [first = ''] = files;
  const name = first.split(/[/\\]/).at(-1) ?? first;
  const what = files.length === 1 ? name : `${name} and ${files.length - 1} more`;
  const as = [symbol, timeframe].filter((text) => text !== null).join(' ');
  return as === '' ? `Import ${what}` : `Import ${what} as ${as}`;
}
