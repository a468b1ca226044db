import { ensureBuilt } from '../../build/launcher/built.mjs';

/** Tests that start the product's programs need them as the sources are now. */
export const setup = ensureBuilt;
