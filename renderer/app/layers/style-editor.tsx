import { IconRestore } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isCustomColour, lineWidths } from '../../data/indicator-setting.ts';
import {
  dashes,
  layerOf,
  markerSizes,
  mostFill,
  styleColours,
  styleFields,
  styleOf,
  type Dash,
  type ObjectStyle,
  type StyleColour,
  type StyleId,
} from '../../data/object-style.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { ColourField } from '../../ui/colour-field.tsx';
import { cssLineColour } from '../../ui/line-colour.ts';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './layers.module.css';

const dashNames: Readonly<Record<'auto' | Dash, string>> = {
  auto: 'as before',
  solid: 'solid',
  dashed: 'dashed',
  dotted: 'dotted',
  'dash-dot': 'dash-dot',
};
const sizeNames = { 1: 'small', 1.5: 'medium', 2: 'large' } as const;

/** Changes how objects of one kind are drawn. */
export function StyleEditor({ id, name }: { readonly id: StyleId; readonly name: string }) {
  const style = useWorkbench((state) => styleOf(state.settings.objectStyles, id));
  const isChanged = useWorkbench((state) => state.settings.objectStyles[id] !== undefined);
  const changeStyle = useWorkbench((state) => state.settings.changeStyle);
  const reset = useWorkbench((state) => state.settings.resetStyle);
  const change = (changed: Partial<ObjectStyle>) => changeStyle(id, changed);
  const has = (field: keyof ObjectStyle) => styleFields[layerOf(id)].includes(field);
  const isEnded = id.endsWith('-ended');
  return (
    <div className={styles.editor} role="group" aria-label={`Style of ${name}`}>
      <Choices label="Colour">
        {styleColours.map((colour) => (
          <Choice
            key={colour}
            group={`${id}-colour`}
            name={colour === 'auto' ? autoName(id) : colour}
            isChosen={colour === style.colour}
            onChoose={() => change({ colour })}
          >
            <ColourDot colour={colour} />
          </Choice>
        ))}
        <ColourField
          label="A colour of your own"
          value={isCustomColour(style.colour) ? style.colour : null}
          onChange={(colour) => change({ colour })}
        />
      </Choices>
      {has('fill') && (
        <label className={styles.field}>
          <span className={styles.label}>Fill</span>
          <input
            type="range"
            min={0}
            max={mostFill}
            step={1}
            value={style.fill}
            aria-label={`Fill, percent`}
            onChange={(event) => change({ fill: Number(event.target.value) })}
          />
          <span className={styles.value}>{style.fill} %</span>
        </label>
      )}
      {has('width') && (
        <Choices label="Line">
          {lineWidths.map((width) => (
            <Choice
              key={width}
              group={`${id}-width`}
              name={`${width} px`}
              isChosen={width === style.width}
              onChoose={() => change({ width })}
            >
              <span className={styles.width} style={{ height: width }} />
            </Choice>
          ))}
        </Choices>
      )}
      {has('dash') && (
        <Choices label="Dash">
          {([...(isEnded ? ['auto' as const] : []), ...dashes] as const).map((dash) => (
            <Choice
              key={dash}
              group={`${id}-dash`}
              name={dashNames[dash]}
              isChosen={dash === style.dash}
              onChoose={() => change({ dash })}
            >
              {dashNames[dash]}
            </Choice>
          ))}
        </Choices>
      )}
      {has('size') && (
        <Choices label="Size">
          {markerSizes.map((size) => (
            <Choice
              key={size}
              group={`${id}-size`}
              name={sizeNames[size]}
              isChosen={size === style.size}
              onChoose={() => change({ size })}
            >
              {sizeNames[size]}
            </Choice>
          ))}
        </Choices>
      )}
      <TextButton className={styles.reset} disabled={!isChanged} onClick={() => reset(id)}>
        <IconRestore size={14} aria-hidden /> As usual
      </TextButton>
    </div>
  );
}

function autoName(id: StyleId): string {
  if (id.endsWith('-ended')) return 'as before it ended';
  return layerOf(id) === 'marker' ? 'by direction' : "the theme's own";
}

function ColourDot({ colour }: { readonly colour: StyleColour }) {
  if (colour === 'auto') return <span className={styles.autoColour}>auto</span>;
  return <span className={styles.dot} style={{ background: cssLineColour(colour) }} />;
}

function Choices({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{label}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly group: string;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ group, name, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label className={styles.choice} title={name}>
      <input
        type="radio"
        name={group}
        className="visually-hidden"
        aria-label={name}
        checked={isChosen}
        onChange={onChoose}
      />
      {children}
    </label>
  );
}
