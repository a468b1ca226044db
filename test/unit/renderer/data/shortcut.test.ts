import { describe, expect, it } from 'vitest';
import { anyOf, keyCaps, shortcut, shortcutText, type KeyPress } from '../../../../renderer/data/shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcut', () => {
  it('holds with Ctrl on most keyboards and with ⌘ on those of a Mac', () => {
    const palette = shortcut('Mod+K');
    expect(palette.matches(press('k', { ctrlKey: true }), false)).toBe(true);
    expect(palette.matches(press('k', { metaKey: true }), false)).toBe(false);
    expect(palette.matches(press('k', { metaKey: true }), true)).toBe(true);
    expect(palette.matches(press('k', { ctrlKey: true }), true)).toBe(false);
    expect(palette.matches(press('k'), false)).toBe(false);
  });

  it('goes by the place of a key that writes something else with Alt or on another alphabet', () => {
    expect(shortcut('Alt+R').matches(press('®', { altKey: true, code: 'KeyR' }), true)).toBe(true);
    expect(shortcut('Mod+K').matches(press('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true);
    expect(shortcut('Alt+1').matches(press('&', { altKey: true, code: 'Digit1' }), false)).toBe(true);
  });

  it('asks for a character, whatever keys it takes to write it', () => {
    expect(shortcut('?').matches(press('?', { shiftKey: true }), false)).toBe(true);
    expect(shortcut('{').matches(press('{', { shiftKey: true }), false)).toBe(true);
    expect(shortcut('+').matches(press('+'), false)).toBe(true);
  });

  it('tells a key with Shift from the same without', () => {
    expect(shortcut('ArrowLeft').matches(press('ArrowLeft', { shiftKey: true }), false)).toBe(false);
    expect(shortcut('Shift+ArrowLeft').matches(press('ArrowLeft', { shiftKey: true }), false)).toBe(true);
    expect(shortcut('Alt+R').matches(press('R', { altKey: true, shiftKey: true }), false)).toBe(false);
  });

  it('calls the space bar by its name', () => {
    expect(shortcut('Space').matches(press(' '), false)).toBe(true);
  });
});

describe('anyOf', () => {
  it('holds for every character of its kind, unless something is held', () => {
    const digits = anyOf('1 … 9', /^[1-9]$/);
    expect(digits.matches(press('5'), false)).toBe(true);
    expect(digits.matches(press('0'), false)).toBe(false);
    expect(digits.matches(press('5', { ctrlKey: true }), false)).toBe(false);
  });
});

describe('keyCaps', () => {
  it('names keys as they are printed on', () => {
    expect(keyCaps(shortcut('Mod+Shift+N'), false)).toEqual(['Ctrl', 'Shift', 'N']);
    expect(keyCaps(shortcut('Shift+ArrowLeft'), false)).toEqual(['Shift', '←']);
    expect(keyCaps(shortcut('+'), false)).toEqual(['+']);
    expect(shortcutText(shortcut('Mod+K'), true)).toBe('⌘K');
    expect(shortcutText(shortcut('Mod+K'), false)).toBe('Ctrl+K');
  });
});
