import { IconCopy, IconMarkdown, IconTable, IconTableRow } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ContextMenu } from '../context-menu.tsx';
import { MenuItem, MenuItems } from '../menu-items.tsx';
import type { CopyForm } from './cells-as-text.ts';
import type { GridRange } from './grid-selection.ts';

export interface CopyMenuProps {
  readonly x: number;
  readonly y: number;
  /** The cells that are selected. */
  readonly range: GridRange;
  readonly columnCount: number;
  /** What else can be done, before the ways to copy. */
  readonly items?: ReactNode;
  readonly onCopy: (form: CopyForm, range: GridRange) => void;
  readonly onClose: () => void;
}

/** Ways to copy what is selected in a table, or the whole of its rows. */
export function CopyMenu({ x, y, range, columnCount, items, onCopy, onClose }: CopyMenuProps) {
  const rows = { ...range, left: 0, right: columnCount - 1 };
  const isCell = range.top === range.bottom && range.left === range.right;
  const [cells, whole] = [isCell ? 'cell' : 'cells', range.top === range.bottom ? 'row' : 'rows'];
  return (
    <ContextMenu x={x} y={y} onClose={onClose}>
      <MenuItems label="Selection">
        {items}
        <MenuItem icon={<IconCopy size={15} />} onChoose={() => onCopy('plain', range)}>
          Copy {cells}
        </MenuItem>
        <MenuItem icon={<IconTableRow size={15} />} onChoose={() => onCopy('plain', rows)}>
          Copy {whole}
        </MenuItem>
        <MenuItem icon={<IconTable size={15} />} onChoose={() => onCopy('plain-with-titles', rows)}>
          Copy {whole} with titles
        </MenuItem>
        <MenuItem icon={<IconTable size={15} />} onChoose={() => onCopy('csv', rows)}>
          Copy {whole} as CSV
        </MenuItem>
        <MenuItem icon={<IconMarkdown size={15} />} onChoose={() => onCopy('markdown', rows)}>
          Copy {whole} as Markdown
        </MenuItem>
      </MenuItems>
    </ContextMenu>
  );
}
