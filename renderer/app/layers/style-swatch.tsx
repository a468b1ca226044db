import { layerOf, styleOf, type Dash, type ObjectStyles, type StyleId } from '../../data/object-style.ts';
import { cssLineColour } from '../../ui/line-colour.ts';
import styles from './layers.module.css';

const dashLengths: Readonly<Record<Dash, string>> = {
  solid: 'none',
  dashed: '5 2.5',
  dotted: '1.5 2.5',
  'dash-dot': '6 2 1.5 2',
};

const ownColours: Readonly<Record<string, string>> = { up: '--tone-up', down: '--tone-down' };

/** Objects of one kind as they look on the chart, small. */
export function StyleSwatch({ id, all }: { readonly id: StyleId; readonly all: ObjectStyles }) {
  const { fill, width, size } = styleOf(all, id);
  const stroke = swatchColour(id, all);
  const strokeDasharray = dashLengths[dashOf(id, all)];
  const line = { stroke, strokeWidth: width, strokeDasharray, fill: 'none' };
  return (
    <svg className={styles.figure} width={24} height={14} viewBox="0 0 24 14" aria-hidden>
      {layerOf(id) === 'zone' && (
        <>
          <rect x={1.5} y={1.5} width={21} height={11} style={{ fill: stroke, fillOpacity: fill / 100 }} />
          <rect x={1.5} y={1.5} width={21} height={11} style={line} />
        </>
      )}
      {layerOf(id) === 'level' && <path d="M1 7H23" style={line} />}
      {layerOf(id) === 'flag' && <path d="M2 13L8 2M8 2L22 5M7 7L21 10" style={line} />}
      {layerOf(id) === 'marker' && (
        <g style={{ fill: stroke }} transform={`translate(12 7) scale(${0.75 + size / 4})`}>
          {id === 'marker-entry' && <path d="M0-5L5 0H2V5H-2V0H-5Z" />}
          {id === 'marker-exit' && <path d="M0 5L5 0H2V-5H-2V0H-5Z" />}
          {id === 'marker-stop' && <rect x={-4} y={-4} width={8} height={8} />}
          {id === 'marker-other' && <circle r={4} />}
        </g>
      )}
    </svg>
  );
}

/** What is `auto` is the theme's. Markers and what has ended take it from their direction, which a swatch has not. */
function swatchColour(id: StyleId, all: ObjectStyles): string {
  const { colour } = styleOf(all, id);
  if (colour !== 'auto') return cssLineColour(colour);
  if (layerOf(id) === 'level') return 'var(--level)';
  const kind = id.slice(id.indexOf('-') + 1);
  if (layerOf(id) === 'marker' || kind === 'ended') return 'var(--muted)';
  return `var(${ownColours[kind] ?? '--tone-neutral'})`;
}

function dashOf(id: StyleId, all: ObjectStyles): Dash {
  const { dash } = styleOf(all, id);
  return dash === 'auto' ? 'solid' : dash;
}
