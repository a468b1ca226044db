import { counted } from '#shared/counted';
import type { StorageNode } from '#shared/domain/storage';
import { tierIds, type TierId } from '#shared/domain/tier';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { formatExactSize, formatSize } from '../../format/size.ts';
import styles from './storage.module.css';
import { neighbourOf, placeNodes, titleHeight, type Direction, type PlacedNode } from './treemap-layout.ts';

export interface TreemapProps {
  readonly label: string;
  readonly nodes: readonly StorageNode[];
  /** Of all pieces, for their shares. */
  readonly totalBytes: number;
  /** What stands for nothing: rows of no symbol. */
  readonly nameOf: (name: string) => string;
  readonly onEnter: (node: StorageNode) => void;
  readonly onLeave: () => void;
  /** The piece that is pointed at or has the focus; null when there is none. */
  readonly onPoint: (node: StorageNode | null) => void;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Pieces of the store by their bytes. Arrows go from one to the next, Enter goes in, Backspace or Escape out. */
export function Treemap({ label, nodes, totalBytes, nameOf, onEnter, onLeave, onPoint }: TreemapProps) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const placed = useMemo(() => placeNodes(nodes, width, height), [nodes, width, height]);
  const [focused, setFocused] = useState(0);
  const svg = useRef<SVGSVGElement>(null);
  const current = Math.min(focused, Math.max(0, placed.length - 1));

  function onKeyDown(event: KeyboardEvent): void {
    const direction = directions[event.key];
    if (direction !== undefined) {
      event.preventDefault();
      const next = neighbourOf(placed, current, direction);
      if (next !== null) svg.current?.querySelector<SVGGElement>(`[data-place="${next}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const node = placed[current]?.node;
      if (node !== undefined) onEnter(node);
    } else if (event.key === 'Backspace' || event.key === 'Escape') {
      event.preventDefault();
      onLeave();
    }
  }

  return (
    <div ref={ref} className={styles.map}>
      <svg
        ref={svg}
        width={width}
        height={height}
        role="group"
        aria-label={label}
        onKeyDown={onKeyDown}
        onMouseLeave={() => onPoint(null)}
      >
        {placed.map((piece, place) => (
          <Piece
            key={piece.node.name}
            piece={piece}
            place={place}
            isCurrent={place === current}
            name={nameOf(piece.node.name)}
            share={totalBytes === 0 ? 0 : piece.node.sizeBytes / totalBytes}
            nameOf={nameOf}
            onEnter={() => onEnter(piece.node)}
            onPoint={() => onPoint(piece.node)}
            onFocus={() => {
              setFocused(place);
              onPoint(piece.node);
            }}
          />
        ))}
      </svg>
    </div>
  );
}

interface PieceProps {
  readonly piece: PlacedNode;
  readonly place: number;
  readonly isCurrent: boolean;
  readonly name: string;
  readonly share: number;
  readonly nameOf: (name: string) => string;
  readonly onEnter: () => void;
  readonly onPoint: () => void;
  readonly onFocus: () => void;
}

function Piece({ piece, place, isCurrent, name, share, nameOf, onEnter, onPoint, onFocus }: PieceProps) {
  const { node, x, y, width, height, inside } = piece;
  const words = `${name}: ${formatExactSize(node.sizeBytes)}, ${counted(node.rows, 'row')}, ${counted(node.files, 'file')}, ${percent(share)}`;
  const at = `translate(${x} ${y})`;
  return (
    <>
      <g
        role="button"
        tabIndex={isCurrent ? 0 : -1}
        aria-label={words}
        data-place={place}
        data-tier={mainTier(node)}
        className={styles.piece}
        transform={at}
        onClick={onEnter}
        onFocus={onFocus}
        onMouseEnter={onPoint}
      >
        <title>{words}</title>
        <rect className={styles.pieceBack} width={width} height={height} rx={2} />
        {inside.map((inner) => (
          <rect
            key={inner.name}
            className={styles.pieceInside}
            x={inner.x - x}
            y={inner.y - y}
            width={inner.width}
            height={inner.height}
          />
        ))}
      </g>
      {/* Beside the button, which is named by more than is written on it. */}
      <g aria-hidden className={styles.texts} transform={at}>
        {inside.map((inner) => (
          <g key={inner.name} transform={`translate(${inner.x - x} ${inner.y - y})`}>
            <Label x={0} width={inner.width} height={inner.height} text={nameOf(inner.name)} isFaint />
          </g>
        ))}
        <Label
          x={0}
          width={width}
          height={Math.min(height, inside.length > 0 ? titleHeight : height)}
          text={name}
          more={formatSize(node.sizeBytes)}
        />
      </g>
    </>
  );
}

/** Half of the height of the text, near enough to centre it. */
const textHeight = 11;
const letterWidth = 6.6;

interface LabelProps {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  /** Comes behind it where there is room. */
  readonly more?: string;
  readonly isFaint?: boolean;
}

/** A text that fits, or none: half a name tells nothing. */
function Label({ x, width, height, text, more, isFaint = false }: LabelProps) {
  const room = Math.floor((width - 8) / letterWidth);
  if (text === '' || height < textHeight + 3 || room < Math.min(text.length, 4)) return null;
  const shown = text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
  const hasMore = more !== undefined && shown.length + more.length + 2 <= room;
  return (
    <text x={x + 4} y={Math.min(height - 3, textHeight + 2)} className={isFaint ? styles.faint : styles.name}>
      {shown}
      {hasMore && (
        <tspan className={styles.faint} dx={8}>
          {more}
        </tspan>
      )}
    </text>
  );
}

/** The tier that most of its bytes are in. */
function mainTier({ tiers }: StorageNode): TierId {
  return [...tierIds].sort((a, b) => (tiers[b] ?? 0) - (tiers[a] ?? 0))[0] ?? 'hot';
}

/** `42 %` of a share from 0 to 1; `4.2 %` below a tenth. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
