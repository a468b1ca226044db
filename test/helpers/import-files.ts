import { strToU8, zipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** Writes files to a new folder and answers the paths of the files, in the order given. */
export async function importFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly string[]> {
  const folder = await tempFolder();
  const paths: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, ...name.split('/'));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    paths.push(path);
  }
  return paths;
}

/** An archive of texts. */
export function zipOf(entries: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));
}

/** Good minute bars of 2024-01-02 from 09:30, each with its time as `spell` has it, without volume. */
export function minuteLines(
  count: number,
  spell = (minute: number) => `2024-01-02 ${clock(minute)}`,
): string[] {
  return Array.from(
    { length: count },
    (_, minute) => `${spell(minute)},${100 + minute},${102 + minute},${99 + minute},${101 + minute}`,
  );
}

function clock(minute: number): string {
  const at = 9 * 60 + 30 + minute;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`;
}
