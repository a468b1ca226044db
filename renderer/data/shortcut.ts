/** The part of a keyboard event that shortcuts look at. */
export interface KeyPress {
  readonly key: string;
  /** The key by its place on the keyboard. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key, or several together, as `Mod+K`, `Alt+1`, `Shift+Home`, `]`. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export interface Shortcut {
  readonly keys: string;
  readonly matches: (press: KeyPress, isMac: boolean) => boolean;
}

const modifiers = ['Mod', 'Alt', 'Shift'] as const;

/** A shortcut from how it is written. */
export function shortcut(keys: string): Shortcut {
  const parts = partsOf(keys);
  const wanted = new Set(modifiers.filter((name) => parts.includes(name)));
  const key = parts.at(-1) ?? '';
  return {
    keys,
    matches(press, isMac) {
      const isMod = isMac ? press.metaKey : press.ctrlKey;
      const isOtherMod = isMac ? press.ctrlKey : press.metaKey;
      if (isMod !== wanted.has('Mod') || isOtherMod || press.altKey !== wanted.has('Alt')) return false;
      // Which characters need Shift is a matter of the keyboard: `?` is one key, whatever it takes to write it.
      const isCharacter = key.length === 1 && !/[a-z]/i.test(key) && wanted.size === 0;
      if (!isCharacter && press.shiftKey !== wanted.has('Shift')) return false;
      return wanted.size > 0 && /^[A-Z0-9]$/.test(key) ? isPlacedOn(press, key) : nameOf(press) === key;
    },
  };
}

/** Any character of a kind, such as all digits. */
export function anyOf(keys: string, pattern: RegExp): Shortcut {
  return {
    keys,
    matches: (press) => !press.ctrlKey && !press.metaKey && !press.altKey && pattern.test(press.key),
  };
}

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };
const signs: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** A shortcut as it is printed on keys, one text a key. */
export function keyCaps({ keys }: Shortcut, isMac: boolean): readonly string[] {
  return partsOf(keys).map((part) => (isMac ? macSigns[part] : undefined) ?? signs[part] ?? part);
}

/** A shortcut as one text: `Ctrl+K`, `⌘K`. */
export function shortcutText(shown: Shortcut, isMac: boolean): string {
  return keyCaps(shown, isMac).join(isMac ? '' : '+');
}

/** A plus sign alone is a key of its own. */
function partsOf(keys: string): readonly string[] {
  return keys.length === 1 ? [keys] : keys.split('+');
}

function nameOf({ key }: KeyPress): string {
  return key === ' ' ? 'Space' : key;
}

/** With Alt, and on other alphabets, a key writes another character than the one that is printed on it. */
function isPlacedOn({ code, key }: KeyPress, wanted: string): boolean {
  return code === `Key${wanted}` || code === `Digit${wanted}` || key.toUpperCase() === wanted;
}
