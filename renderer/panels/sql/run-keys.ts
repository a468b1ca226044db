import { isMac } from '../../ui/is-mac.ts';

/** Keys of the editor, as this system writes them. */
export const runKeys = isMac ? '⌘↩' : 'Ctrl+Enter';
export const runAllKeys = isMac ? '⇧⌘↩' : 'Ctrl+Shift+Enter';
