import { counted } from '#shared/counted';
import { describeFault } from '#shared/describe-fault';
import {
  colderTiers,
  tierIds,
  type ColderTierId,
  type TierId,
  type TiersSettings,
  type TierState,
} from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import { tierSettings } from '#schemas/documents/tier-settings';
import { changeStoreSettings } from '../../documents/change-store-file.ts';
import { freeBytes } from '../../platform/disk-space.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { tierOf } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import {
  checkTierPath,
  isTierOf,
  settleLinks,
  settleTier,
  tierFault,
  tierFolder,
  type TierPlaces,
} from './tier-places.ts';

export interface Tiers {
  readonly settings: () => TiersSettings;
  /** Settings of some tiers are left as they are where they are left out. Answers all of them as they are kept. */
  readonly save: (given: unknown) => Promise<TiersSettings>;
  readonly list: () => Promise<readonly TierState[]>;
  /** Looks which disks are there, and has the store leave out the files of those that are not. */
  readonly look: () => Promise<void>;
  /** Sets links right, if this process may, and looks. */
  readonly start: () => Promise<void>;
  readonly folderOf: (tier: TierId) => string;
}

/** Where the files of one store lie by age. */
export function createTiers(
  store: Store,
  places: TierPlaces,
  chosen: () => TiersSettings,
  keep: (settings: TiersSettings) => void,
): Tiers {
  const { root } = places;
  const folderOf = (tier: TierId) => (tier === 'hot' ? root : tierFolder(root, tier, chosen()));

  function countOf(tier: TierId): number {
    let count = 0;
    for (const { path } of store.catalog.files()) if (tierOf(path) === tier) count += 1;
    for (const { path } of store.catalog.deadFiles()) if (tierOf(path) === tier) count += 1;
    return count;
  }

  async function look(): Promise<void> {
    const absent = new Map<TierId, string>();
    for (const tier of colderTiers) {
      const fault = await tierFault(places, tier, chosen());
      if (fault === null) continue;
      const count = countOf(tier);
      if (count === 0 && !chosen()[tier].isOn) continue;
      const files = counted(count, 'file of it waits', 'files of it wait');
      absent.set(
        tier,
        `The ${tier} tier cannot be used: ${fault}. Nothing is lost: ${files} until it is back`,
      );
    }
    store.setAbsentTiers(absent);
  }

  /** Files that are there would not be found any more where the tier is pointed elsewhere. */
  function refuseToStrand(
    tier: ColderTierId,
    before: TiersSettings,
    wanted: TiersSettings,
    isMarked: boolean,
  ): void {
    const count = countOf(tier);
    if (count === 0 || isMarked) return;
    const folder = tierFolder(root, tier, before);
    const living = [...store.catalog.files()].filter(({ path }) => tierOf(path) === tier).length;
    const what =
      living > 0
        ? `${counted(living, 'file lies', 'files lie')} in ${folder}`
        : `the trash of ${folder} is not empty`;
    const how =
      living > 0 ? `bring them back first (\`tapedeck tier back --tier ${tier}\`)` : 'purge it first';
    throw new WorkbenchError(
      'argument-invalid',
      `tiers.${tier}.path: ${what}; ${how}, or move that folder as a whole to ${wanted[tier].path ?? 'its new place'}`,
    );
  }

  return {
    settings: chosen,
    async save(given) {
      const before = chosen();
      const parsed = tierSettings.safeParse(merged(before, given));
      if (!parsed.success) throw new WorkbenchError('argument-invalid', describeFault(parsed.error, 'tiers'));
      const wanted = parsed.data;
      const moved = colderTiers.filter((tier) => wanted[tier].path !== before[tier].path);
      for (const tier of moved) {
        await checkTierPath(places, tier, wanted);
        refuseToStrand(tier, before, wanted, await isMarkedAs(places, tier, wanted));
      }
      for (const tier of moved) await settleTier(places, tier, wanted);
      const { settings } = await wordingDiskErrors(() => changeStoreSettings(root, { tiers: wanted }));
      keep(settings.tiers);
      await look();
      return settings.tiers;
    },
    async list() {
      await look();
      return Promise.all(
        tierIds.map(async (tier) => {
          const files = [...store.catalog.files()].filter(({ path }) => tierOf(path) === tier);
          const problem = store.absentTiers.get(tier) ?? null;
          return {
            tier,
            folder: folderOf(tier),
            settings: tier === 'hot' ? null : chosen()[tier],
            problem,
            files: files.length,
            rows: files.reduce((sum, { rows }) => sum + rows, 0),
            sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
            freeBytes: problem === null ? await freeOf(folderOf(tier), root) : null,
          };
        }),
      );
    },
    look,
    async start() {
      if (store.access === 'owner') await settleLinks(places, chosen());
      await look();
    },
    folderOf,
  };
}

/** Of the disk that a folder is on; one that is made with its first file lies where the store does. */
async function freeOf(folder: string, root: string): Promise<number | null> {
  return (await freeBytes(folder)) ?? freeBytes(root);
}

/** Whether the files of the tier have been moved there already, as a whole. */
async function isMarkedAs(places: TierPlaces, tier: ColderTierId, wanted: TiersSettings): Promise<boolean> {
  const { path } = wanted[tier];
  if (path === null) return false;
  return isTierOf(path, tier, places.storeId);
}

function merged(before: TiersSettings, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const changes = given as Readonly<Record<string, unknown>>;
  const tiers = Object.fromEntries(
    colderTiers.map((tier) => {
      const change = changes[tier];
      return [
        tier,
        typeof change === 'object' && change !== null
          ? { ...before[tier], ...change }
          : (change ?? before[tier]),
      ];
    }),
  );
  return { ...changes, ...tiers };
}
