import type { ObjectState } from '#shared/domain/chart-object';
import type { ObjectHistory } from '#shared/domain/viewport';
import type { Client } from '#shared/ipc';
import { settle, type Loadable } from '../data/problem.ts';

/** The object that is looked at closely, and the one under the pointer. */
export interface SelectionSlice {
  readonly hovered: ObjectState | null;
  readonly selected: ObjectState | null;
  /** Every event of the selected object, oldest first. */
  readonly history: Loadable<ObjectHistory>;
  /** Every event of any object, asked of the store. */
  readonly readHistory: Client['objects']['history'];
  readonly hover: (object: ObjectState | null) => void;
  readonly select: (object: ObjectState | null) => void;
  /** Takes newer states of the selected object over, and reads its history again if there is one. */
  readonly follow: (objects: readonly ObjectState[]) => void;
  readonly reloadHistory: () => Promise<void>;
}

/** Has nothing selected. Of histories that overlap only that of the last object shows; `readHistory` alone rejects. */
export function selectionSlice(
  client: Client,
  set: (change: Partial<SelectionSlice>) => void,
  get: () => SelectionSlice,
): SelectionSlice {
  let latest = 0;
  async function loadHistory(objectId: string): Promise<void> {
    const ticket = ++latest;
    const history = await settle(client.objects.history({ objectId }));
    if (ticket === latest) set({ history });
  }
  return {
    hovered: null,
    selected: null,
    history: { phase: 'idle' },
    readHistory: (question) => client.objects.history(question),

    hover(object) {
      if (object?.object_id !== get().hovered?.object_id) set({ hovered: object });
    },

    select(object) {
      if (object === null) {
        latest += 1;
        set({ selected: null, history: { phase: 'idle' } });
      } else if (object.object_id === get().selected?.object_id) {
        set({ selected: object });
      } else {
        set({ selected: object, history: { phase: 'loading' } });
        void loadHistory(object.object_id);
      }
    },

    follow(objects) {
      const { selected } = get();
      const newer = objects.find(({ object_id }) => object_id === selected?.object_id);
      if (newer === undefined || selected === null) return;
      if (newer.event_ts === selected.event_ts && newer.sequence === selected.sequence) return;
      set({ selected: newer });
      void loadHistory(newer.object_id);
    },

    async reloadHistory() {
      const { selected } = get();
      if (selected === null) return;
      set({ history: { phase: 'loading' } });
      await loadHistory(selected.object_id);
    },
  };
}
