import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LauncherError } from './say.mjs';

export const startHelp = `Opens the workbench.

  npm start                                as it was left; the first time on the demo store, which is made for it
  npm start -- --store DIR                 on another store, made when there is none
  npm start -- 'tapedeck://chart?symbol=S'  opens a link, in the window that is open already if there is one
  npm start -- --screenshot FILE           opens, waits for the chart, saves its picture, prints one line of JSON, ends
  npm start -- --dev                       with a window that follows changes to the source
  npm start -- --store DIR -- --SWITCH     hands everything after the second -- to Electron
`;

/**
 * What was asked for, or one sentence about what is wrong with it.
 *
 * @param {readonly string[]} args
 * @param {string} folder where relative paths begin
 */
export function parseStartArguments(args, folder) {
  const { values, positionals } = parse(args);
  // The window reads the link, and says what is wrong with it.
  const isLink = (/** @type {string} */ value) => /^tapedeck:/i.test(value);
  const links = positionals.filter(isLink);
  if (links.length > 1) throw new LauncherError('One link at a time; see npm start -- --help.');
  const [unexpected] = positionals.filter((value) => !value.startsWith('--') && !isLink(value));
  if (unexpected !== undefined)
    throw new LauncherError(`${unexpected} is not an option; see npm start -- --help.`);
  const { store, screenshot, dev, help } = values;
  return {
    help: help ?? false,
    dev: dev ?? false,
    appArguments: [
      ...(store === undefined ? [] : ['--store', resolve(folder, store)]),
      ...(screenshot === undefined ? [] : ['--screenshot', resolve(folder, screenshot)]),
      ...links,
    ],
    switches: positionals.filter((value) => !isLink(value)),
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        store: { type: 'string' },
        screenshot: { type: 'string' },
        dev: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // Node adds advice on escaping after the sentence that says what is wrong.
    const [sentence = ''] = /** @type {Error} */ (error).message.split('. ');
    throw new LauncherError(`${sentence}; see npm start -- --help.`);
  }
}
