import { looksLikeLink } from '#shared/domain/deep-link';
import { resolve } from 'node:path';
import { readPictureOrder, type PictureRequest } from './picture-request.ts';

/** What the command line asked for. Chromium's own switches stand beside these and are left to it. */
export interface AppArguments {
  /** Null opens what was open the last time, or the demo store. */
  readonly storeFolder: string | null;
  /** Where to save a picture of the window before ending. */
  readonly screenshotFile: string | null;
  /** A picture of a chart alone to save before ending. */
  readonly picture: PictureRequest | null;
  /** As it was given: right or wrong is for whoever follows it to say. */
  readonly link: string | null;
}

/** Options stand before a `--`, if there is one; a link may stand behind it. */
export function parseAppArguments(argv: readonly string[], workingFolder: string): AppArguments {
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const pathOf = (name: string) => {
    const value = valueOf(options, name);
    return value === null ? null : resolve(workingFolder, value);
  };
  const picture = valueOf(options, '--picture');
  return {
    storeFolder: pathOf('--store'),
    screenshotFile: pathOf('--screenshot'),
    picture: picture === null ? null : readPictureOrder(picture),
    link: argv.slice(1).find(looksLikeLink) ?? null,
  };
}

function valueOf(argv: readonly string[], name: string): string | null {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const index = argv.indexOf(name);
  return index === -1 ? null : (argv[index + 1] ?? null);
}
