import { expect, it } from 'vitest';
import { createChosenFiles } from '../../../../electron/app/chosen-files.ts';

const answer = (channel: string) => Promise.resolve(`answer of ${channel}`);

it('has a page import what was chosen in its window, and nothing else', async () => {
  const chosen = createChosenFiles();
  const call = chosen.guard(answer);
  chosen.add(['/home/me/bars.csv']);
  expect(await call('imports.inspect', { files: ['/home/me/bars.csv'] })).toBe('answer of imports.inspect');
  for (const channel of ['imports.inspect', 'imports.start']) {
    expect(await call(channel, { files: ['/home/me/bars.csv', '/etc/passwd'] })).toMatchObject({
      ok: false,
      code: 'permission-denied',
      message: '/etc/passwd was not chosen in this window',
    });
  }
});

it('leaves other calls alone', async () => {
  const call = createChosenFiles().guard(answer);
  expect(await call('symbols.list', {})).toBe('answer of symbols.list');
});
