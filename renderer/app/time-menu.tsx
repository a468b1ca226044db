import { calendarZone } from '#shared/domain/session-calendar';
import { IconClock } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { matchingZones, placeOfZone } from '../data/zones.ts';
import { zoneNameAt } from '../format/time.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { dayBreaks } from '../state/commands/layer-commands.ts';
import { exchangeZone, roomForGaps, sessionShading } from '../state/commands/time-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { Empty } from '../ui/empty.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import { CommandChoice } from './command-choice.tsx';
import { DropDown } from './drop-down.tsx';
import own from './time-menu.module.css';
import styles from './toolbar.module.css';

const atHand: readonly string[] = ['America/New_York', 'UTC'];

/** Time zone, hours of the market and resolution: how the time axis is read. */
export function TimeMenu() {
  const zone = useWorkbench((state) => state.settings.zone);
  const isExchangeZone = useWorkbench((state) => state.settings.isExchangeZone);
  const name = isExchangeZone ? 'Exchange' : atHand.includes(zone) ? '' : placeOfZone(zone);
  return (
    <DropDown
      menu="time"
      title="Time zone, sessions and resolution"
      label={
        <>
          <IconClock size={15} aria-hidden />
          <span className={name === '' ? 'visually-hidden' : ''}>{name === '' ? 'Time' : name}</span>
        </>
      }
    >
      {() => (
        <div className={own.menu}>
          <Sessions />
          <Resolution />
          <Zones />
        </div>
      )}
    </DropDown>
  );
}

function Sessions() {
  return (
    <fieldset className={styles.menu}>
      <legend className={styles.menuTitle}>Sessions</legend>
      <CommandChoice command={sessionShading} />
      <CommandChoice command={dayBreaks} />
      <CommandChoice command={roomForGaps} />
    </fieldset>
  );
}

const resolutionNames = [
  { resolution: 'fixed', name: 'Fixed: only the chosen timeframe' },
  { resolution: 'auto', name: 'Auto: longer bars when zoomed out' },
] as const;

function Resolution() {
  const current = useWorkbench((state) => state.settings.resolution);
  const change = useWorkbench((state) => state.settings.change);
  return (
    <fieldset className={styles.menu}>
      <legend className={styles.menuTitle}>Resolution</legend>
      {resolutionNames.map(({ resolution, name }) => (
        <label key={resolution} className={styles.choice}>
          <input
            type="radio"
            name="resolution"
            checked={resolution === current}
            onChange={() => change({ resolution })}
          />
          <span className={styles.choiceName}>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Zones() {
  const zone = useWorkbench((state) => state.settings.zone);
  const isExchangeZone = useWorkbench((state) => state.settings.isExchangeZone);
  const change = useWorkbench((state) => state.settings.change);
  const symbol = useWorkbench((state) => state.chart.key?.symbol ?? null);
  const catalog = useWorkbench((state) => state.catalog);
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed);
  const found = useMemo(() => matchingZones(sought), [sought]);
  const calendar = symbolIn(catalog, symbol)?.calendar ?? null;
  const exchange = calendar === null ? null : calendarZone(calendar);
  return (
    <fieldset className={styles.menu}>
      <legend className={styles.menuTitle}>Time zone: {zone}</legend>
      <CommandChoice
        command={exchangeZone}
        name={`Follow the exchange${exchange === null ? '' : ` (${symbol ?? ''}: ${placeOfZone(exchange)})`}`}
      />
      <div className={own.search}>
        <SearchField label="Find time zone" value={typed} onChange={setTyped} />
      </div>
      <div className={own.zones}>
        {found.length === 0 ? (
          <Empty headline="No time zone is called that" />
        ) : (
          <VirtualRows
            label="Time zones"
            count={found.length}
            rowHeight={24}
            active={isExchangeZone ? -1 : found.indexOf(zone)}
            keyOf={(index) => found[index] ?? ''}
            onActivate={(index) => {
              const chosen = found[index];
              if (chosen !== undefined) change({ zone: chosen, isExchangeZone: false });
            }}
            row={(index) => <ZoneRow zone={found[index] ?? ''} isCurrent={found[index] === zone} />}
          />
        )}
      </div>
    </fieldset>
  );
}

function ZoneRow({ zone, isCurrent }: { readonly zone: string; readonly isCurrent: boolean }) {
  const [now] = useState(() => Date.now());
  return (
    <>
      <span className={own.zone}>{zone}</span>
      {isCurrent && <span className={own.now}>{zoneNameAt(zone, now)}</span>}
    </>
  );
}
