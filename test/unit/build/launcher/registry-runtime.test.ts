import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDigest } from '../../../../build/launcher/registry-runtime.mjs';
import { tempFolder } from '../../../helpers/temp-folder.ts';

describe('checkDigest', () => {
  it('accepts the pinned file, and refuses it when one byte differs', async () => {
    const path = join(await tempFolder(), 'runtime.tgz');
    const sha512 = createHash('sha512').update('electron').digest('base64');
    await writeFile(path, 'electron');
    await checkDigest(path, sha512);
    await writeFile(path, 'electroN');
    await expect(checkDigest(path, sha512)).rejects.toThrow(/not the file that was pinned/);
  });
});
