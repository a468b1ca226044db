import { IconCalendarSearch } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { readTypedTime } from '../data/typed-time.ts';
import { formatTypedTime, zoneNameAt } from '../format/time.ts';
import { tipOf } from '../panels/command-button.tsx';
import { goToDate } from '../state/commands/chart-commands.ts';
import { useDraft } from '../state/use-draft.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import styles from './toolbar.module.css';

/** Takes the chart to a date and time. */
export function GoToDate() {
  return (
    <DropDown
      menu="go-to-date"
      title={tipOf(goToDate)}
      label={
        <>
          <IconCalendarSearch size={15} aria-hidden /> <span className={styles.lastWord}>Go to</span>
        </>
      }
    >
      {(close) => <DateForm onDone={close} />}
    </DropDown>
  );
}

function DateForm({ onDone }: { readonly onDone: () => void }) {
  const zone = useWorkbench((state) => state.settings.zone);
  const view = useWorkbench((state) => state.chart.view);
  const extent = useWorkbench((state) => state.chart.window?.extent ?? null);
  const goTo = useWorkbench((state) => state.chart.goTo);
  const middle = view === null ? null : (view.from + view.until) / 2;
  const [draft, setDraft] = useDraft('go-to-date');
  const [typed, setTyped] = useState(() =>
    draft !== '' || middle === null ? draft : formatTypedTime(middle, zone),
  );
  const [fault, setFault] = useState<string | null>(null);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readTypedTime(typed, zone);
    if (read.ok) {
      goTo(read.ts);
      setDraft('');
      onDone();
    } else {
      setFault(read.fault);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.row}>
        <input
          className={styles.input}
          aria-label={`Date and time, ${zoneNameAt(zone, middle ?? 0)}`}
          value={typed}
          spellCheck={false}
          data-autofocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyped(event.target.value);
            setDraft(event.target.value);
            setFault(null);
          }}
        />
        <TextButton type="submit" look="primary">
          Go
        </TextButton>
      </div>
      {fault === null ? (
        <p className={styles.hint}>
          A date, or a date and time in {zoneNameAt(zone, middle ?? 0)}
          {extent !== null &&
            `; bars from ${formatTypedTime(extent.first, zone)} to ${formatTypedTime(extent.last, zone)}`}
        </p>
      ) : (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
