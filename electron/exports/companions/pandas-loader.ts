import type { OutputColumn } from '../output-columns.ts';
import { companionName, type Companion, type Exported, type ExportedTable } from './companion.ts';

/** A Python program that reads the files into one pandas data frame a dataset. */
export function pandasLoader(exported: Exported): Companion {
  const { profile, destination, tables } = exported;
  const reads = tables.map((table) => `    ${pyText(table.slice.dataset)}: ${readerOf(exported, table)},`);
  const lines = [
    '"""Loads this export into pandas: `python load.py` shows it, `from load import load` hands it over."""',
    '',
    'from pathlib import Path',
    '',
    'import pandas as pd',
    '',
    'FOLDER = Path(__file__).resolve().parent',
    `ZONE = ${pyText(profile.time.zone)}`,
    '',
    '',
    'def read(files, times, numbers, unit):',
    `    frames = [${readCall(exported)} for name in files]`,
    '    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()',
    '    for column in times:',
    '        frame[column] = pd.to_datetime(frame[column], unit=unit, utc=True).dt.tz_convert(ZONE)'.replace(
      'unit=unit, ',
      profile.time.style === 'iso'
        ? 'format="ISO8601", '
        : profile.time.style === 'timestamp'
          ? ''
          : 'unit=unit, ',
    ),
    '    for column in numbers:',
    '        frame[column] = pd.to_numeric(frame[column])',
    '    return frame',
    '',
    '',
    'TABLES = {',
    ...reads,
    '}',
    '',
    '',
    'def load():',
    '    """One data frame for each dataset; times know their zone."""',
    '    return {name: read(*table) for name, table in TABLES.items()}',
    '',
    '',
    'if __name__ == "__main__":',
    '    for name, frame in load().items():',
    '        print(f"{name}: {len(frame)} rows")',
    '        print(frame.head())',
    '',
  ];
  return {
    path: companionName(destination, 'load.py').replaceAll('.load.py', '_load.py'),
    text: lines.join('\n'),
  };
}

function readCall({ profile: { format } }: Exported): string {
  switch (format) {
    case 'csv':
      return 'pd.read_csv(FOLDER / name, dtype={"symbol": str})';
    case 'jsonl':
      return 'pd.read_json(FOLDER / name, lines=True, convert_dates=False, dtype=False)';
    case 'arrow':
      return 'pd.read_feather(FOLDER / name)';
    case 'parquet':
      return 'pd.read_parquet(FOLDER / name)';
    case 'xlsx':
    case 'lean':
    case 'postgresql':
      throw new Error(`There is no pandas loader for ${format}`);
  }
}

function readerOf({ profile }: Exported, { files, columns }: ExportedTable): string {
  const units = { 'epoch-ms': 'ms', 'epoch-us': 'us', 'epoch-ns': 'ns', iso: null, timestamp: null } as const;
  const unit = units[profile.time.style];
  const ofKind = (...kinds: readonly OutputColumn['kind'][]) =>
    columns.filter(({ kind }) => kinds.includes(kind)).map(({ as }) => as);
  return `(${pyList(files.map(({ path }) => path))}, ${pyList(ofKind('instant'))}, ${pyList(ofKind('double'))}, ${unit === null ? 'None' : pyText(unit)})`;
}

/** JSON's spelling of a text is Python's, too. */
function pyText(text: string): string {
  return JSON.stringify(text);
}

function pyList(texts: readonly string[]): string {
  return `[${texts.map(pyText).join(', ')}]`;
}
