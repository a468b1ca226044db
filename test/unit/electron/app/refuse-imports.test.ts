import { expect, it } from 'vitest';
import { refuseImports } from '../../../../electron/app/refuse-imports.ts';

const call = refuseImports((channel) => Promise.resolve(`answer of ${channel}`));

it.each(['imports.inspect', 'imports.start'])('reads no file for a page by %s', async (channel) => {
  expect(await call(channel, { files: ['/etc/passwd'] })).toMatchObject({
    ok: false,
    code: 'permission-denied',
  });
});

it('leaves other calls alone', async () => {
  expect(await call('symbols.list', {})).toBe('answer of symbols.list');
});
