import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a window would come back to after a crash, as far as tests look at it. */
export interface WorkspaceFile {
  readonly settings?: {
    readonly zone?: string;
    readonly compared?: readonly unknown[];
    readonly paneShares?: object;
  };
  readonly chart?: { readonly symbol: string; readonly timeframe: string; readonly asOf: number | null };
  readonly search?: string;
  readonly drafts?: Readonly<Record<string, string>>;
  readonly layout?: { readonly panels: Readonly<Record<string, unknown>> };
}

/** The workspace of the first window as it is in its file; empty before there is one. */
export async function savedWorkspace(userData: string): Promise<WorkspaceFile> {
  const text = await readFile(join(userData, 'workspace.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text) as WorkspaceFile;
}
