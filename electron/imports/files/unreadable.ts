/** A file that no bar can be read from. The message is what is wrong with it, without its name. */
export class UnreadableImport extends Error {}
