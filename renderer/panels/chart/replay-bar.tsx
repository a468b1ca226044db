import { timeframeLength } from '#shared/domain/timeframe';
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type SyntheticEvent } from 'react';
import { coverageIn } from '../../data/timeframes.ts';
import { readTypedTime } from '../../data/typed-time.ts';
import { formatExactTime, formatInstant, zoneNameAt } from '../../format/time.ts';
import { symbolIn } from '../../state/catalog-slice.ts';
import { replaySpeeds, type ReplaySlice } from '../../state/replay-slice.ts';
import {
  barBack,
  barForward,
  eventAfter,
  eventBefore,
  playOrPause,
  replayToggle,
} from '../../state/commands/replay-commands.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { errorWording } from '../../ui/error-wording.ts';
import { CommandButton } from '../command-button.tsx';
import styles from './replay.module.css';

/** What moves the instant that the chart shows: by date, by slider, bar by bar, from event to event, or by itself. */
export function ReplayBar() {
  const asOf = useWorkbench((state) => state.chart.asOf);
  const replay = useWorkbench((state) => state.replay);
  if (asOf === null) return null;
  return (
    <div className={styles.bar} role="group" aria-label="Replay">
      <CommandButton command={eventBefore} aria-label={eventBefore.title}>
        <IconPlayerSkipBack size={15} />
      </CommandButton>
      <CommandButton command={barBack} aria-label={barBack.title}>
        <IconChevronLeft size={16} />
      </CommandButton>
      <CommandButton
        command={playOrPause}
        look="primary"
        aria-label={replay.isPlaying ? 'Pause' : 'Play'}
        showsOn={false}
      >
        {replay.isPlaying ? <IconPlayerPauseFilled size={15} /> : <IconPlayerPlayFilled size={15} />}
      </CommandButton>
      <CommandButton command={barForward} aria-label={barForward.title}>
        <IconChevronRight size={16} />
      </CommandButton>
      <CommandButton command={eventAfter} aria-label={eventAfter.title}>
        <IconPlayerSkipForward size={15} />
      </CommandButton>
      <Speed replay={replay} />
      <Instant key={asOf} asOf={asOf} onGo={(at) => void replay.moveTo(at)} />
      <Slider asOf={asOf} onGo={(at) => void replay.moveTo(at)} />
      <span className={styles.said} role="status">
        {replay.problem !== null
          ? `${errorWording[replay.problem.code]} ${replay.problem.message}`
          : replay.missing === null
            ? ''
            : missingWording[replay.missing]}
      </span>
      <CommandButton command={replayToggle} look="outlined" title="Back to all that is known" showsOn={false}>
        Leave
      </CommandButton>
    </div>
  );
}

const missingWording: Readonly<Record<NonNullable<ReplaySlice['missing']>, string>> = {
  'later-bar': 'This is the newest bar',
  'earlier-bar': 'This is the first bar',
  'later-event': 'No object changed later',
  'earlier-event': 'No object changed before',
};

function Speed({ replay }: { readonly replay: ReplaySlice }) {
  return (
    <label className={styles.speed}>
      <span className="visually-hidden">Bars a second</span>
      <select
        className={styles.select}
        title="Bars a second"
        value={replay.speed}
        onChange={({ target }) => {
          const speed = replaySpeeds.find((each) => String(each) === target.value);
          if (speed !== undefined) replay.setSpeed(speed);
        }}
      >
        {replaySpeeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed} bar{speed === 1 ? '' : 's'}/s
          </option>
        ))}
      </select>
    </label>
  );
}

interface InstantProps {
  readonly asOf: number;
  readonly onGo: (at: number) => void;
}

function Instant({ asOf, onGo }: InstantProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const isAsked = useWorkbench((state) => state.replay.isInstantAsked);
  const askForInstant = useWorkbench((state) => state.replay.askForInstant);
  useEffect(() => {
    if (!isAsked) return;
    field.current?.focus();
    askForInstant(false);
  }, [isAsked, askForInstant]);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (typed === null) return;
    const read = readTypedTime(typed, zone);
    if (read.ok) {
      onGo(read.ts);
      setTyped(null);
    } else setFault(read.fault);
  };
  return (
    <form className={styles.instant} onSubmit={submit}>
      <input
        ref={field}
        className={styles.field}
        aria-label={`Show the chart as of, ${zoneNameAt(zone, asOf)}`}
        aria-invalid={fault !== null}
        title={fault ?? `A date, or a date and time in ${zoneNameAt(zone, asOf)}`}
        spellCheck={false}
        value={typed ?? formatExactTime(asOf, zone)}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          if (fault === null) setTyped(null);
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          setFault(null);
        }}
      />
      <span className={styles.zone}>{zoneNameAt(zone, asOf)}</span>
      {fault !== null && (
        <span className={styles.fault} role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}

function Slider({ asOf, onGo }: InstantProps) {
  const key = useWorkbench((state) => state.chart.key);
  const catalog = useWorkbench((state) => state.catalog);
  const zone = useWorkbench((state) => state.settings.zone);
  const coverage = useMemo(
    () => (key === null ? null : coverageIn(symbolIn(catalog, key.symbol), key.timeframe)),
    [catalog, key],
  );
  if (coverage === null || key === null) return null;
  const length = timeframeLength(key.timeframe);
  const [first, last] = [coverage.first + length, coverage.last + length];
  return (
    <input
      className={styles.slider}
      type="range"
      aria-label="Instant"
      aria-valuetext={formatInstant(asOf, zone)}
      min={first}
      max={last}
      step={Math.max(1, Math.min(length, (last - first) / 100))}
      value={Math.min(last, Math.max(first, asOf))}
      onChange={({ target }) => onGo(Number(target.value))}
    />
  );
}
