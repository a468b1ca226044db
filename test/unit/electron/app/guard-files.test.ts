import { expect, it } from 'vitest';
import { createChosenFiles, guardFiles } from '../../../../electron/app/guard-files.ts';

const toRead = createChosenFiles();
toRead.add(['/home/user/bars.csv']);
const toReplace = createChosenFiles();
toReplace.add(['/home/user/rows.csv']);
const call = guardFiles((channel) => Promise.resolve(`answer of ${channel}`), { toRead, toReplace });

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

it('writes the rows of a query to no file but one that was chosen for it', async () => {
  for (const out of ['/home/user/.profile', '/home/user/bars.csv', ['/home/user/.profile'], 7])
    expect(await call('sql.export', { out, overwrite: true })).toMatchObject({ code: 'permission-denied' });
  expect(await call('sql.export', { out: '/home/user/rows.csv' })).toBe('answer of sql.export');
});

it('leaves other calls alone', async () => {
  expect(await call('symbols.list', {})).toBe('answer of symbols.list');
});
