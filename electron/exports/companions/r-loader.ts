import { companionName, type Companion, type Exported, type ExportedTable } from './companion.ts';

/** An R program that reads the files into one data frame a dataset; CSV needs nothing but R, the others `arrow`. */
export function rLoader(exported: Exported): Companion {
  const { profile, destination, tables } = exported;
  const lines = [
    '# Loads this export: `Rscript load.R` shows it, source("load.R") gives the list `tables`.',
    'arguments <- commandArgs(FALSE)',
    'script <- sub("^--file=", "", grep("^--file=", arguments, value = TRUE))',
    'sourced <- Filter(Negate(is.null), lapply(sys.frames(), function(frame) frame$ofile))',
    'folder <- dirname(normalizePath(c(unlist(sourced), script, "./load.R")[1], mustWork = FALSE))',
    `zone <- ${rText(profile.time.zone)}`,
    '',
    ...timeReader(exported),
    '',
    'read_table <- function(files, times) {',
    `  frames <- lapply(file.path(folder, files), function(path) ${readCall(exported)})`,
    '  frame <- do.call(rbind, frames)',
    '  for (column in times) frame[[column]] <- read_time(frame[[column]])',
    '  frame',
    '}',
    '',
    'tables <- list(',
    tables.map((table) => `  ${table.slice.dataset} = ${tableOf(table)}`).join(',\n'),
    ')',
    '',
    'if (sys.nframe() == 0) {',
    '  for (name in names(tables)) {',
    '    cat(name, ":", nrow(tables[[name]]), "rows\\n")',
    '    print(head(tables[[name]]))',
    '  }',
    '}',
    '',
  ];
  return {
    path: companionName(destination, 'load.R').replaceAll('.load.R', '_load.R'),
    text: lines.join('\n'),
  };
}

function readCall({ profile: { format } }: Exported): string {
  switch (format) {
    case 'csv':
      return 'read.csv(path, stringsAsFactors = FALSE, check.names = FALSE)';
    case 'parquet':
      return 'as.data.frame(arrow::read_parquet(path))';
    case 'arrow':
      return 'as.data.frame(arrow::read_feather(path))';
    case 'jsonl':
    case 'xlsx':
    case 'lean':
    case 'postgresql':
      throw new Error(`There is no R loader for ${format}`);
  }
}

/** Times as POSIXct of the export's zone. */
function timeReader({ profile: { time } }: Exported): readonly string[] {
  const fromEpoch = (divisor: string) => [
    `read_time <- function(values) as.POSIXct(as.numeric(values) / ${divisor}, origin = "1970-01-01", tz = zone)`,
  ];
  switch (time.style) {
    case 'epoch-ms':
      return fromEpoch('1e3');
    case 'epoch-us':
      return fromEpoch('1e6');
    case 'epoch-ns':
      return fromEpoch('1e9');
    case 'timestamp':
      return ['read_time <- function(values) as.POSIXct(values, tz = zone)'];
    case 'iso':
      return [
        'read_time <- function(values) {',
        '  text <- sub("Z$", "+0000", as.character(values))',
        '  text <- sub("([+-][0-9]{2}):([0-9]{2})$", "\\\\1\\\\2", text)',
        '  as.POSIXct(strptime(text, "%Y-%m-%dT%H:%M:%OS%z", tz = zone))',
        '}',
      ];
  }
}

function tableOf({ files, columns }: ExportedTable): string {
  const times = columns.filter(({ kind }) => kind === 'instant').map(({ as }) => as);
  return `read_table(${rList(files.map(({ path }) => path))}, ${rList(times)})`;
}

function rText(text: string): string {
  return JSON.stringify(text);
}

function rList(texts: readonly string[]): string {
  return texts.length === 0 ? 'character(0)' : `c(${texts.map(rText).join(', ')})`;
}
