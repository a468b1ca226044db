import type { ObjectState } from '#shared/domain/chart-object';
import { epochMs } from '#shared/units';
import { IconFocusCentered, IconX } from '@tabler/icons-react';
import { objectFaults } from '../../data/object-faults.ts';
import { linkToObject } from '../../state/share-commands.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { fieldText, storedText } from './field-text.ts';
import { HiddenOnChart } from './hidden-on-chart.tsx';
import styles from './inspector.module.css';
import { ObjectHistory } from './object-history.tsx';

export interface ObjectDetailsProps {
  readonly object: ObjectState;
  /** A selected object stays, and its history is read. */
  readonly isSelected: boolean;
}

const fields = [
  'symbol',
  'timeframe',
  'object_id',
  'object_type',
  'action',
  'event_ts',
  't_start',
  't_end',
  'y_min',
  'y_max',
  'y',
  'step',
  'reason',
  'sequence',
] as const satisfies readonly (keyof ObjectState)[];

/** Every stored field of one object, its payload, and how it came to be so. */
export function ObjectDetails({ object, isSelected }: ObjectDetailsProps) {
  const zone = useWorkbench((state) => state.settings.zone);
  const goTo = useWorkbench((state) => state.chart.goTo);
  const select = useWorkbench((state) => state.selection.select);
  const isOpen = object.t_end === null;
  return (
    <article className={styles.panel} aria-label={`${object.object_type} ${object.object_id}`}>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2 className={styles.name}>{object.object_type}</h2>
          <span className={classNames(styles.status, isOpen && styles.open)}>
            {isOpen ? 'open' : 'closed'}
          </span>
          {isSelected && (
            <TextButton className={styles.close} aria-label="Stop inspecting" onClick={() => select(null)}>
              <IconX size={14} />
            </TextButton>
          )}
        </div>
        <div className={styles.tools}>
          {Number.isFinite(object.t_start) && (
            <TextButton onClick={() => goTo(epochMs(object.t_start))}>
              <IconFocusCentered size={14} /> Show on chart
            </TextButton>
          )}
          <CopyButton label="Copy link" text={() => linkToObject(object)} />
          <CopyButton label="Copy as JSON" text={() => JSON.stringify(object, null, 2)} />
        </div>
      </header>
      <HiddenOnChart object={object} />
      {objectFaults(object).map((fault) => (
        <p key={fault} className={styles.fault}>
          {fault}
        </p>
      ))}
      <dl className={styles.fields}>
        {fields.map((field) => (
          <div key={field} className={styles.field}>
            <dt>{field}</dt>
            <dd title={storedText(object[field])}>{fieldText(field, object[field], zone)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles.section}>Payload</h3>
      <pre className={styles.payload}>{JSON.stringify(object.payload, null, 2)}</pre>
      {isSelected && <ObjectHistory />}
    </article>
  );
}
