import {
  indicatorOf,
  indicatorParameters,
  parameterFaults,
  parameterOf,
} from '#shared/math/indicator-parameters';
import type { Indicator } from '#shared/math/indicator-set';
import { useId, useState } from 'react';
import {
  indicatorPlaces,
  isCustomColour,
  lineColours,
  lineWidths,
  type IndicatorSetting,
} from '../../data/indicator-setting.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { ColourField } from '../../ui/colour-field.tsx';
import { cssLineColour } from '../../ui/line-colour.ts';
import styles from './indicator-editor.module.css';

/** Changes an indicator's parameters and looks. What makes no sense is said beside its field and changes nothing. */
export function IndicatorEditor({ setting }: { readonly setting: IndicatorSetting }) {
  const { id, indicator, colour, width } = setting;
  const change = useWorkbench((state) => state.settings.changeIndicator);
  return (
    <div className={styles.editor}>
      <Parameters indicator={indicator} onChange={(changed) => change(id, { indicator: changed })} />
      {indicatorPlaces[indicator.kind] !== 'ribbon' && (
        <>
          <fieldset className={styles.choices}>
            <legend className={styles.label}>Colour</legend>
            {lineColours.map((each) => (
              <label key={each} className={styles.swatch} title={each}>
                <input
                  type="radio"
                  name={`${id}-colour`}
                  className="visually-hidden"
                  aria-label={each}
                  checked={each === colour}
                  onChange={() => change(id, { colour: each })}
                />
                <span style={{ background: cssLineColour(each) }} />
              </label>
            ))}
            <ColourField
              label="A colour of your own"
              value={isCustomColour(colour) ? colour : null}
              onChange={(own) => change(id, { colour: own })}
            />
          </fieldset>
          <fieldset className={styles.choices}>
            <legend className={styles.label}>Width</legend>
            {lineWidths.map((each) => (
              <label key={each} className={styles.width} title={`${each} px`}>
                <input
                  type="radio"
                  name={`${id}-width`}
                  className="visually-hidden"
                  aria-label={`${each} pixels`}
                  checked={each === width}
                  onChange={() => change(id, { width: each })}
                />
                <span style={{ height: each }} />
              </label>
            ))}
          </fieldset>
        </>
      )}
    </div>
  );
}

interface ParametersProps {
  readonly indicator: Indicator;
  readonly onChange: (indicator: Indicator) => void;
}

function Parameters({ indicator, onChange }: ParametersProps) {
  const parameters = indicatorParameters[indicator.kind];
  const [typed, setTyped] = useState(() =>
    Object.fromEntries(parameters.map(({ name }) => [name, String(parameterOf(indicator, name))])),
  );
  const ids = useId();
  const faults = parameterFaults(readTyped(indicator, typed));

  const type = (name: string, text: string) => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    const read = readTyped(indicator, next);
    if (Object.keys(parameterFaults(read)).length === 0) onChange(read);
  };

  return parameters.map(({ name, label, min, max, isWhole }) => (
    <div key={name} className={styles.parameter}>
      <label className={styles.label} htmlFor={`${ids}-${name}`}>
        {label}
      </label>
      <input
        id={`${ids}-${name}`}
        className={styles.field}
        type="text"
        inputMode={isWhole ? 'numeric' : 'decimal'}
        autoComplete="off"
        title={`From ${min} to ${max}`}
        value={typed[name] ?? ''}
        aria-invalid={faults[name] !== undefined}
        aria-describedby={faults[name] === undefined ? undefined : `${ids}-${name}-fault`}
        onChange={(event) => type(name, event.target.value)}
        onKeyDown={(event) => {
          const step = isWhole ? 1 : 0.1;
          const by = event.key === 'ArrowUp' ? step : event.key === 'ArrowDown' ? -step : 0;
          if (by === 0) return;
          event.preventDefault();
          const stepped = Math.min(max, Math.max(min, numberOf(typed[name] ?? '') + by));
          if (Number.isFinite(stepped)) type(name, String(Number(stepped.toFixed(2))));
        }}
      />
      {faults[name] !== undefined && (
        <p id={`${ids}-${name}-fault`} className={styles.fault} role="alert">
          {faults[name]}
        </p>
      )}
    </div>
  ));
}

function readTyped({ kind }: Indicator, typed: Readonly<Record<string, string>>): Indicator {
  return indicatorOf(
    kind,
    Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, numberOf(text)])),
  );
}

function numberOf(text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
