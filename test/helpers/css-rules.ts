import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const renderer = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'renderer');

/** A rule of a style sheet: its selector, and what it declares. */
export interface CssRule {
  readonly file: string;
  readonly selector: string;
  readonly declared: Readonly<Record<string, string>>;
}

/** Every rule of every style sheet of the window. Nesting is not looked into: there is none but for media. */
export function cssRules(folder = renderer): readonly CssRule[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return cssRules(path);
    return entry.name.endsWith('.css') ? rulesIn(path) : [];
  });
}

function rulesIn(path: string): readonly CssRule[] {
  const css = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
    file: path.slice(renderer.length + 1),
    selector: selector.trim(),
    declared: Object.fromEntries(
      body
        .split(';')
        .filter((line) => line.includes(':'))
        .map((line) => {
          const [name = '', ...value] = line.split(':');
          return [name.trim(), value.join(':').trim()] as const;
        }),
    ),
  }));
}
