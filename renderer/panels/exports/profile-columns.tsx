import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import { exportDatasets, type ExportColumn, type ExportProfile } from '#shared/domain/export-profile';
import { CheckBox } from '../../ui/check-box.tsx';
import styles from './exports.module.css';

const known = { candles, objects } as const;
const titles = { candles: 'Columns of bars', objects: 'Columns of chart objects' } as const;

interface ProfileColumnsProps {
  readonly columns: ExportProfile['columns'];
  readonly onChange: (columns: ExportProfile['columns']) => void;
}

/** Which columns are written, and under which names. */
export function ProfileColumns({ columns, onChange }: ProfileColumnsProps) {
  return (
    <div className={styles.columnLists}>
      {exportDatasets.map((dataset) => (
        <fieldset key={dataset} className={styles.columnList}>
          <legend className={styles.fieldLabel}>{titles[dataset]}</legend>
          {Object.entries(known[dataset].columns).map(([from, { doc }]) => {
            const chosen = columns[dataset].find((column) => column.from === from);
            const put = (next: ExportColumn | null) =>
              onChange({ ...columns, [dataset]: withColumn(columns[dataset], from, next, dataset) });
            return (
              <div key={from} className={styles.columnRow} title={doc}>
                <CheckBox
                  className={styles.check}
                  isChecked={chosen !== undefined}
                  onChange={(isTaken) => put(isTaken ? { from, as: from } : null)}
                >
                  {from}
                </CheckBox>
                {chosen !== undefined && (
                  <input
                    className={styles.text}
                    aria-label={`Name of ${from} in the file`}
                    value={chosen.as}
                    spellCheck={false}
                    onChange={(event) => put({ from, as: event.target.value })}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      ))}
    </div>
  );
}

/** A column that was there keeps its place; a new one takes the place that it has in the dataset. */
function withColumn(
  columns: readonly ExportColumn[],
  from: string,
  next: ExportColumn | null,
  dataset: keyof typeof known,
): readonly ExportColumn[] {
  if (next === null) return columns.filter((column) => column.from !== from);
  if (columns.some((column) => column.from === from))
    return columns.map((column) => (column.from === from ? next : column));
  const order = Object.keys(known[dataset].columns);
  const place = columns.findIndex((column) => order.indexOf(column.from) > order.indexOf(from));
  return place < 0 ? [...columns, next] : [...columns.slice(0, place), next, ...columns.slice(place)];
}
