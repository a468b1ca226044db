/**
 * How well what was typed fits a text, higher being better; null when it does not.
 *
 * Every word that was typed must be found: at the beginning of a word, within one, or with its letters scattered in
 * the right order.
 */
export function fitOf(typed: string, text: string): number | null {
  const found = text.toLowerCase();
  const fits = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => fitOfWord(word, found));
  const total = fits.reduce<number | null>(
    (sum, fit) => (sum === null || fit === null ? null : sum + fit),
    0,
  );
  // Among equals the shorter text is nearer to what was meant.
  return total === null ? null : total - text.length / 1_000;
}

function fitOfWord(word: string, text: string): number | null {
  if (text === word) return 5;
  if (text.startsWith(word)) return 4;
  const starts = wordStarts(text);
  if (starts.some((start) => text.startsWith(word, start))) return 3;
  if (text.includes(word)) return 2;
  return scatteredFit(word, text, starts);
}

/** Letters in order with others between them: better the more of them begin a word or follow one another. */
function scatteredFit(word: string, text: string, starts: readonly number[]): number | null {
  let at = -1;
  let near = 0;
  for (const letter of word) {
    const initial = starts.find((start) => start > at && text[start] === letter);
    const next = text[at + 1] === letter ? at + 1 : (initial ?? text.indexOf(letter, at + 1));
    if (next < 0) return null;
    if (next === at + 1 || next === initial) near += 1;
    at = next;
  }
  const share = near / word.length;
  // Letters strewn over a text at random fit nearly everything.
  return word.length > 1 && share >= 0.6 ? share : null;
}

function wordStarts(text: string): readonly number[] {
  return [...text.matchAll(/[a-z0-9]+/g)].map(({ index }) => index);
}
