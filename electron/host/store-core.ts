import type { CalendarId } from '#shared/domain/session-calendar';
import { WorkbenchError } from '#shared/errors';
import { createEngine, type Engine } from '../engine/engine.ts';
import { isBeingBackedUp } from '../jobs/backup/settle-backup.ts';
import { refuseLostLog } from '../jobs/verify/refuse-lost-log.ts';
import { tierLinks } from '../jobs/tiers/tier-places.ts';
import { createTiers, type Tiers } from '../jobs/tiers/tiers.ts';
import { systemClock } from '../platform/clock.ts';
import { fencedFs } from '../platform/fenced-fs.ts';
import { diskFs } from '../platform/fs.ts';
import { meteredFs } from '../platform/metered-fs.ts';
import { createMeter, type Meter } from '../queries/health/meter.ts';
import { foreignSource, readerSource, type StateSource } from '../state-source.ts';
import { encodePart } from '../storage/part-writer.ts';
import { defaultStoreSettings, Store } from '../storage/store.ts';
import type { HostOptions } from './host-options.ts';

/** A store that is open, with what reads its files and knows which disks they are on. */
export interface StoreCore {
  readonly store: Store;
  /** Null for an owner, whose log says everything. */
  readonly source: StateSource | null;
  readonly meter: Meter;
  readonly tiers: Tiers;
  /** The tiers that the settings name, as they were changed last. */
  readonly chosenTiers: () => HostOptions['document']['settings']['tiers'];
  readonly calendarOf: (symbol: string) => CalendarId;
  /** For what somebody waits for. */
  readonly engine: Engine;
  /** For scans, which take long. */
  readonly scanning: Engine;
  /** For upkeep. */
  readonly background: Engine;
  readonly closeEngines: () => void;
}

/** Opens the store. When that fails, nothing stays open. */
export async function openStoreCore(options: HostOptions): Promise<StoreCore> {
  const { folder, document, access, ownership } = options;
  const { settings } = document;
  const source = await sourceOf(options);
  // Before the store: an open store that nobody closes goes on writing.
  const meter = createMeter();
  const engine = await createEngine({
    threads: 2,
    memoryLimit: '512MB',
    onStatement: (sql, elapsedMs) => meter.statement(sql, elapsedMs, systemClock()),
    // Other programs write their files anew under the same names.
    trustsFileNames: options.foreign === undefined,
  });
  let chosenTiers = settings.tiers;
  const store = await Store.open({
    fs: meteredFs(
      fencedFs(
        diskFs(folder, () => tierLinks(chosenTiers)),
        () => ownership?.refuseLost(),
      ),
      meter.written,
    ),
    clock: systemClock,
    encodePart,
    settings: { ...defaultStoreSettings, durability: settings.durability, rowsPerPart: settings.rowsPerPart },
    storeId: document.id,
    access,
    ...(ownership === undefined ? {} : { ensureOwned: ownership.ensure }),
    ...(source === null ? {} : { recover: source.recover, readOnlyReason: source.readOnlyReason }),
  }).catch(async (error: unknown) => {
    engine.close();
    await source?.close();
    throw error;
  });
  const tiers = createTiers(
    store,
    { root: folder, storeId: document.id },
    () => chosenTiers,
    (kept) => {
      chosenTiers = kept;
    },
  );
  // Before anything is decided about files whose disk is not there.
  await tiers.start();
  for (const damage of store.logDamage) options.onDamage?.(damage);
  // What a backup has copied for its first state is known to no log yet.
  if (access === 'owner' || (options.foreign === undefined && !(await isBeingBackedUp(store.fs)))) {
    await refuseLostLog(store, engine, folder).catch(async (error: unknown) => {
      if (access === 'reader' && error instanceof WorkbenchError) {
        options.onDamage?.(error.message);
        return;
      }
      await store.close();
      engine.close();
      throw error;
    });
  }
  const [scanning, background] = [await engine.sibling(), await engine.sibling()];
  return {
    ...{ store, source, meter, tiers, engine, scanning, background },
    chosenTiers: () => chosenTiers,
    calendarOf: (symbol) =>
      (Object.hasOwn(settings.calendars, symbol) ? settings.calendars[symbol] : undefined) ??
      settings.defaultCalendar,
    closeEngines() {
      scanning.close();
      background.close();
      engine.close();
    },
  };
}

function sourceOf({ folder, document, access, foreign, followed }: HostOptions): Promise<StateSource> | null {
  if (foreign !== undefined) return foreignSource(folder, foreign);
  return access === 'owner' ? null : readerSource(folder, document.id, document.settings.zone, followed);
}
