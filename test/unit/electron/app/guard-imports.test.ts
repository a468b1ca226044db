import { expect, it } from 'vitest';
import { createChosenFiles, guardImports } from '../../../../electron/app/guard-imports.ts';

const chosen = createChosenFiles();
chosen.add(['/home/user/bars.csv']);
const call = guardImports((channel) => Promise.resolve(`answer of ${channel}`), chosen);

it.each(['imports.inspect', 'imports.start'])(
  'reads no file that was not chosen for a page by %s',
  async (channel) => {
    for (const files of [['/etc/passwd'], ['/home/user/bars.csv', '/etc/passwd'], '/etc/passwd', [7]])
      expect(await call(channel, { files })).toMatchObject({ ok: false, code: 'permission-denied' });
  },
);

it('reads the files that were chosen', async () => {
  expect(await call('imports.start', { files: ['/home/user/bars.csv'] })).toBe('answer of imports.start');
});

it('leaves other calls alone', async () => {
  expect(await call('symbols.list', {})).toBe('answer of symbols.list');
});
