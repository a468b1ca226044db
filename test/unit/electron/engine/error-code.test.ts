import { createEngine } from '../../../../electron/engine/engine.ts';
import { errorCodeOf } from '../../../../electron/engine/error-code.ts';
import { describe, expect, it } from 'vitest';

describe('errorCodeOf', () => {
  it.each([
    ['IO Error: Could not write file "x": Disk quota exceeded', 'disk-full'],
    ['IO Error: Cannot open file "x": Permission denied', 'permission-denied'],
    ['IO Error: Could not read from file "x": Input/output error', 'disk-failed'],
    ['Invalid Input Error: No magic bytes found at end of file "x"', 'file-unreadable'],
  ])('says of "%s" that it is %s', (message, code) => {
    expect(errorCodeOf(message)).toBe(code);
  });

  it.runIf(process.platform === 'linux')('knows a full disk by what DuckDB really says', async () => {
    const engine = await createEngine({ threads: 1, memoryLimit: '64MB', trustsFileNames: false });
    const failed = await engine
      .run(`COPY (SELECT range FROM range(100000)) TO '/dev/full' (FORMAT parquet)`)
      .then(() => '', String);
    engine.close();
    expect(errorCodeOf(failed)).toBe('disk-full');
  });
});
