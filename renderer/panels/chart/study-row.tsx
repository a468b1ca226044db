import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { cssLineColour } from '../../ui/line-colour.ts';
import type { ReadValue } from './indicator-reading.ts';
import styles from './study-row.module.css';

export interface StudyRowProps {
  readonly name: string;
  readonly colour: string | null;
  readonly isHidden?: boolean;
  readonly values: ReactNode;
  /** Shown while the row is pointed at or has the focus. */
  readonly buttons: ReactNode;
}

/** A line of a legend: what is drawn, its values at the crosshair, and what can be done with it. */
export function StudyRow({ name, colour, isHidden = false, values, buttons }: StudyRowProps) {
  return (
    <div className={classNames(styles.row, isHidden && styles.hidden)} role="group" aria-label={name}>
      {colour !== null && (
        <span className={styles.swatch} style={{ background: cssLineColour(colour) }} aria-hidden />
      )}
      <span className={styles.name}>{name}</span>
      <span className={styles.values}>{values}</span>
      <span className={styles.buttons}>{buttons}</span>
    </div>
  );
}

/** Values side by side, each in the colour of its line. */
export function ReadValues({ values }: { readonly values: readonly ReadValue[] }) {
  return values.map(({ name, text, tone }, index) => (
    <span key={index} className="figure" title={name} style={{ color: colourOf(tone) }}>
      {name !== '' && <span className="visually-hidden">{name} </span>}
      {text}
    </span>
  ));
}

function colourOf(tone: ReadValue['tone']): string {
  if (tone === 'plain') return 'var(--muted)';
  return tone === 'up' || tone === 'down' ? `var(--tone-${tone})` : cssLineColour(tone);
}
