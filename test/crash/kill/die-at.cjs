'use strict';
// Loaded before a program: sends it the signal DIE_BY before its job makes the call DIE_AT.
const nodeFs = require('node:fs/promises');
const { basename } = require('node:path');

/** `rename /data/5m/` is the first rename of which a path holds that; behind `+3 ` it is the fourth. */
const [, skipped = '0', name = '', part = ''] =
  /^(?:\+(\d+) )?(\w+) (.*)$/.exec(process.env.DIE_AT ?? '') ?? [];
const signal = process.env.DIE_BY;

/** A job is kept twice before it does anything: when it is queued, and when it begins. */
let kept = 0;
let left = Number(skipped);

// Programs that it starts inherit all of this, and are not meant.
if (basename(process.argv[1] ?? '') === 'cli.cjs') {
  for (const call of ['open', 'rename', 'link', 'unlink']) {
    const original = nodeFs[call];
    nodeFs[call] = (...args) => {
      const paths = args.filter((arg) => typeof arg === 'string').join(' ');
      if (kept >= 2 && call === name && paths.includes(part)) {
        left -= 1;
        if (left === -1) return signalled().then(() => original(...args));
      }
      const done = original(...args);
      if (call === 'rename' && /_jobs[\\/][^ ]*json$/.test(paths)) void done.then(() => (kept += 1));
      return done;
    };
  }
}

/** Returns when whoever listens to the signal was told; of one that cannot be caught, never. */
function signalled() {
  return new Promise((resolve) => {
    if (signal !== 'SIGKILL') process.once(signal, () => setTimeout(resolve, 20));
    process.kill(process.pid, signal);
  });
}
