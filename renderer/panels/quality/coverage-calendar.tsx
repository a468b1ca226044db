import type { DayCoverage } from '#shared/domain/quality';
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { calendarMonths, dayAfterKey, shadeOf, type CalendarMonth } from './calendar-months.ts';
import styles from './coverage-calendar.module.css';
import { dayText } from './quality-wording.ts';

export interface CoverageCalendarProps {
  readonly days: readonly DayCoverage[];
  /** Shows the day on the chart. */
  readonly onOpen: (day: DayCoverage) => void;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayNumbers = Array.from({ length: 31 }, (_, index) => index + 1);

/** A cell for each day, a row for each month: how full the days are, and which are closed. */
export function CoverageCalendar({ days, onOpen }: CoverageCalendarProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [pointed, setPointed] = useState<DayCoverage | null>(null);
  const months = useMemo(() => calendarMonths(days), [days]);
  const current = focused !== null && days.some(({ day }) => day === focused) ? focused : days.at(-1)?.day;

  useEffect(() => {
    // The newest days are what one looks for first.
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, [days]);

  const move = (event: KeyboardEvent) => {
    const place = days.findIndex(({ day }) => day === current);
    const next = dayAfterKey(days, place, event.key);
    const found = next === null ? undefined : days[next];
    if (found === undefined) return;
    event.preventDefault();
    setFocused(found.day);
    setPointed(found);
    const cell = scroller.current?.querySelector(`[data-day="${found.day}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const shown = pointed ?? days.find(({ day }) => day === current);

  return (
    <section className={styles.calendar} aria-label="Coverage by day">
      <div
        ref={scroller}
        role="grid"
        aria-label="Days, a row for each month"
        className={styles.grid}
        onKeyDown={move}
        onPointerLeave={() => setPointed(null)}
      >
        {months.map((month, index) => (
          <Month
            key={month.id}
            month={month}
            isFirstOfYear={index === 0 || month.month === 1}
            current={current?.startsWith(month.id) === true ? current : null}
            onOpen={(day) => {
              setFocused(day.day);
              onOpen(day);
            }}
            onPoint={setPointed}
          />
        ))}
      </div>
      <p className={styles.reading}>{shown === undefined ? '' : dayText(shown)}</p>
      <ul className={styles.legend} aria-label="Shades">
        <Key shade="all" text="complete" />
        <Key shade="most" text="95 %" />
        <Key shade="some" text="half" />
        <Key shade="little" text="less" />
        <Key shade="missing" text="missing" />
        <Key shade="closed" text="closed" />
      </ul>
    </section>
  );
}

function Key({ shade, text }: { readonly shade: string; readonly text: string }) {
  return (
    <li>
      <span className={styles.cell} data-shade={shade} aria-hidden />
      {text}
    </li>
  );
}

interface MonthProps {
  readonly month: CalendarMonth;
  readonly isFirstOfYear: boolean;
  /** The day of this month that keys move from; null when it is in another month. */
  readonly current: string | null;
  readonly onOpen: (day: DayCoverage) => void;
  readonly onPoint: (day: DayCoverage) => void;
}

const Month = memo(
  function Month({ month, isFirstOfYear, current, onOpen, onPoint }: MonthProps) {
    const { year, days } = month;
    return (
      <div role="row" className={styles.month}>
        <span role="rowheader" className={styles.name}>
          <b>{isFirstOfYear ? year : ''}</b> {monthNames[month.month - 1]}
          {!isFirstOfYear && <span className="visually-hidden"> {year}</span>}
        </span>
        {dayNumbers.map((number) => {
          const day = days[number - 1] ?? null;
          if (day === null) return <span key={number} role="gridcell" className={styles.none} />;
          return (
            <button
              key={number}
              type="button"
              role="gridcell"
              className={styles.cell}
              data-shade={shadeOf(day)}
              data-day={day.day}
              tabIndex={day.day === current ? 0 : -1}
              aria-label={dayText(day)}
              title={dayText(day)}
              onClick={() => onOpen(day)}
              onPointerEnter={() => onPoint(day)}
            />
          );
        })}
      </div>
    );
  },
  (before, after) => before.month === after.month && before.current === after.current,
);
