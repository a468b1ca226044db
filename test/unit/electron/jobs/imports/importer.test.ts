import { expect, it } from 'vitest';
import { createImporter } from '../../../../../electron/jobs/imports/importer.ts';
import type { Child } from '../../../../../electron/platform/child.ts';

/** A process that answers every task at once, until it is told to die. */
function startImporter() {
  let die: (reason: string) => void = () => undefined;
  const importer = createImporter((): Child => {
    let answer: (message: unknown) => void = () => undefined;
    return {
      post: (message) => {
        const { id } = message as { readonly id: number };
        queueMicrotask(() => answer({ id, kind: 'done', result: null }));
      },
      onMessage: (listener) => void (answer = listener),
      onExit: (listener) => void (die = listener),
      kill: () => undefined,
    };
  });
  return { importer, die: (reason: string) => die(reason) };
}

const comparison = { stored: [], shapes: {}, replacesDays: false };

it('says that its process has died, also when that was between two steps', async () => {
  const { importer, die } = startImporter();
  const session = importer.begin();
  await session.compare(comparison);
  die('SIGKILL');
  await expect(session.compare(comparison)).rejects.toMatchObject({
    code: 'unexpected',
    message: 'The import process ended before it was done (SIGKILL)',
  });
});

it('says that it was cancelled when it was', async () => {
  const { importer } = startImporter();
  const cancelling = new AbortController();
  const session = importer.begin(undefined, cancelling.signal);
  cancelling.abort();
  await expect(session.compare(comparison)).rejects.toMatchObject({ code: 'cancelled' });
});
