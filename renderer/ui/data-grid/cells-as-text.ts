export const copyForms = ['plain', 'plain-with-titles', 'csv', 'markdown'] as const;
/** Tabs between the cells, as spreadsheets take them; commas; or a table of Markdown. */
export type CopyForm = (typeof copyForms)[number];

/** Rows of cells as text to paste elsewhere. `titles` are those of the columns. */
export function cellsAsText(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  form: CopyForm,
): string {
  switch (form) {
    case 'plain':
      return tabbed(rows);
    case 'plain-with-titles':
      return tabbed([titles, ...rows]);
    case 'csv':
      return [titles, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
    case 'markdown':
      return [titles, titles.map(() => '---'), ...rows]
        .map((row) => `| ${row.map(markdownCell).join(' | ')} |`)
        .join('\n');
  }
}

/** One cell alone stays as it is; among others a tab or a line break would make two of it. */
function tabbed(rows: readonly (readonly string[])[]): string {
  const [first] = rows;
  if (rows.length === 1 && first?.length === 1) return first[0] ?? '';
  return rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function markdownCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
