import {
  codecText,
  compressionProfiles,
  type CompressionTrial,
  type TriedProfile,
} from '#shared/domain/compression';
import { contract, type TrialArgs } from '#shared/ipc';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTimeframe } from '#shared/domain/timeframe';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import type { Store } from '../../storage/store.ts';
import type { CompressionLab } from '../compactor.ts';
import type { JobKind } from '../queue/job-kind.ts';
import { planTrial, type TrialSample } from './plan-trial.ts';

export type TrialKind = JobKind<TrialArgs, TrialSample, CompressionTrial>;

export interface TrialParts {
  readonly store: Store;
  readonly root: string;
  readonly lab: CompressionLab;
}

/** Two at once would measure each other. */
const trials = 'compression-trial';

/** Measures every profile on rows of the store, in a folder of its own outside of it; the store stays as it is. */
export function createTrialKind({ store, root, lab }: TrialParts): TrialKind {
  return {
    kind: 'try-compression',
    async plan({ timeframe, ...wish }) {
      if (store.access === 'owner') await store.flushParts();
      const spelled = timeframe === undefined ? undefined : (parseTimeframe(timeframe) ?? timeframe);
      return planTrial(store.catalog.presentFiles(), { ...wish, timeframe: spelled });
    },
    title: ({ dataset, timeframe, symbol }) =>
      `Try compression on ${[symbol, dataset, timeframe].filter((word) => word !== null).join(' ')}`,
    partitionsOf: () => [trials],
    async run({ dataset, timeframe, symbol, pieces }, { signal, progress, log, reportSoFar }) {
      const release = store.pin();
      const folder = await wordingDiskErrors(() => mkdtemp(join(tmpdir(), 'tapedeck-compression-')));
      let trial: CompressionTrial = {
        ...{ dataset, timeframe, symbol, files: pieces.length, rows: 0, plainBytes: 0 },
        results: [],
      };
      try {
        progress({ filesTotal: compressionProfiles.length });
        const measured = new Map<string, TriedProfile>();
        for (const [done, profile] of compressionProfiles.entries()) {
          signal.throwIfAborted();
          progress({ files: done, doing: `Measuring ${profile.title}` });
          const codec = codecText(profile);
          // Two profiles that write the same bytes are measured once.
          let tried = measured.get(codec);
          if (tried === undefined) {
            const { rows, plainBytes, ...result } = await lab.tryCompression(
              {
                ...{ dataset, symbol, compression: profile },
                inputs: pieces.map((piece) => ({ ...piece, path: `${root}/${piece.path}` })),
                output: join(folder, 'sample.parquet'),
              },
              signal,
            );
            trial = { ...trial, rows, plainBytes };
            tried = { profile: profile.id, ...result };
            measured.set(codec, tried);
          }
          trial = { ...trial, results: [...trial.results, { ...tried, profile: profile.id }] };
          reportSoFar(trial);
          log(`${profile.title} (${codec}): ${tried.sizeBytes} of ${trial.plainBytes} bytes.`);
        }
        progress({ files: compressionProfiles.length, doing: null });
        return trial;
      } finally {
        release();
        await rm(folder, { recursive: true, force: true });
      }
    },
    resume: contract.compression.start.args,
    readsOnly: () => true,
  };
}
