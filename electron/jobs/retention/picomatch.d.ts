declare module 'picomatch' {
  export interface PicomatchOptions {
    /** Lets `*` match names that begin with a dot. */
    readonly dot?: boolean;
    /** Takes quotes, brackets and the like that make no pattern as a fault. */
    readonly strictBrackets?: boolean;
  }

  // eslint-disable-next-line no-restricted-syntax -- it is how the package exports it
  export default function picomatch(glob: string, options?: PicomatchOptions): (path: string) => boolean;
}
