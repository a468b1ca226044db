import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './launcher/paths.mjs';

/**
 * A package of others that the product is made with.
 *
 * @typedef {object} ThirdParty
 * @property {string} name
 * @property {string} version
 * @property {string} licence as the package states it
 */

const sources = ['shared', 'schemas', 'electron', 'renderer'];
const imported = /\b(?:from|import)\s*\(?\s*'([^'.#][^']*)'/g;

/** Packages that the sources import, by name. @returns {readonly ThirdParty[]} */
export function thirdParty() {
  const names = new Set(sources.flatMap((folder) => sourceFiles(join(root, folder)).flatMap(packagesIn)));
  return [...names].sort().flatMap(describe);
}

/** @param {string} folder @returns {readonly string[]} */
function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** @param {string} file @returns {readonly string[]} */
function packagesIn(file) {
  return [...readFileSync(file, 'utf8').matchAll(imported)].map(([, specifier = '']) =>
    specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'),
  );
}

/** Nothing for what is built into Node. @param {string} name @returns {readonly ThirdParty[]} */
function describe(name) {
  const file = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return [];
  const { version, license } = /** @type {{ version: string, license?: string }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return [{ name, version, licence: license ?? 'see the package' }];
}
