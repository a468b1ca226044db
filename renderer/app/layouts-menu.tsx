import { IconLayoutGridAdd, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { openLayout, resetPanels, saveLayout } from '../state/commands/layout-commands.ts';
import { longestLayoutName, type SavedLayout } from '../state/layouts-slice.ts';
import { useDraft } from '../state/use-draft.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { TextButton } from '../ui/text-button.tsx';
import { DropDown } from './drop-down.tsx';
import styles from './layouts-menu.module.css';
import toolbar from './toolbar.module.css';

/** Keeps arrangements of the window under names, and brings them back. */
export function LayoutsMenu() {
  return (
    <DropDown
      menu="layouts"
      title="Saved layouts"
      label={<IconLayoutGridAdd size={16} aria-label="Layouts" />}
    >
      {(close) => <Sheet onDone={close} />}
    </DropDown>
  );
}

function Sheet({ onDone }: { readonly onDone: () => void }) {
  const store = useWorkbenchStore();
  const list = useWorkbench((state) => state.layouts.list);
  return (
    <div className={styles.sheet}>
      <SaveForm list={list} />
      <section aria-label="Saved layouts">
        <h2 className={toolbar.menuTitle}>Saved layouts</h2>
        {list.length === 0 && (
          <p className={styles.said}>None yet. Arrange the window, then save it under a name.</p>
        )}
        <ul className={styles.list}>
          {list.map((layout) => (
            <Row key={layout.name} layout={layout} list={list} onDone={onDone} />
          ))}
        </ul>
      </section>
      <footer className={styles.foot}>
        <TextButton
          onClick={() => {
            void resetPanels.run(store, '');
            onDone();
          }}
        >
          {resetPanels.title}
        </TextButton>
        <p className={styles.said}>
          A layout keeps panels, panes, indicators, comparisons, layers and filters. Symbol, time and colours
          stay as they are.
        </p>
      </footer>
    </div>
  );
}

function SaveForm({ list }: { readonly list: readonly SavedLayout[] }) {
  const store = useWorkbenchStore();
  const say = useWorkbench((state) => state.window.say);
  const [typed, setTyped] = useDraft('layout-name');
  const name = typed.trim();
  const isThere = list.some((each) => each.name === name);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name === '') return;
    saveLayout(store, name);
    setTyped('');
    say({ tone: 'good', text: `Saved the layout ${name}` });
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <input
        className={toolbar.input}
        aria-label="Name of the layout"
        placeholder="Save this arrangement as…"
        maxLength={longestLayoutName}
        spellCheck={false}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <TextButton type="submit" look="primary" disabled={name === ''}>
        {isThere ? 'Replace' : 'Save'}
      </TextButton>
    </form>
  );
}

interface RowProps {
  readonly layout: SavedLayout;
  readonly list: readonly SavedLayout[];
  readonly onDone: () => void;
}

function Row({ layout, list, onDone }: RowProps) {
  const store = useWorkbenchStore();
  const remove = useWorkbench((state) => state.layouts.remove);
  const say = useWorkbench((state) => state.window.say);
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown');
  const { name } = layout;
  if (mode === 'renaming') return <RenameForm name={name} list={list} onDone={() => setMode('shown')} />;
  if (mode === 'removing') {
    return (
      <li className={styles.row}>
        <span className={styles.question}>Delete {name}?</span>
        <TextButton look="outlined" autoFocus onClick={() => remove(name)}>
          Delete
        </TextButton>
        <TextButton onClick={() => setMode('shown')}>Keep</TextButton>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.open}
        title={`Arrange the window as ${name}`}
        onClick={() => {
          onDone();
          openLayout(store, layout);
        }}
      >
        {name}
      </button>
      <IconButton
        label={`Save this arrangement as ${name}`}
        onClick={() => {
          saveLayout(store, name);
          say({ tone: 'good', text: `Saved the layout ${name}` });
        }}
      >
        <IconRefresh size={15} />
      </IconButton>
      <IconButton label={`Rename ${name}`} onClick={() => setMode('renaming')}>
        <IconPencil size={15} />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={() => setMode('removing')}>
        <IconTrash size={15} />
      </IconButton>
    </li>
  );
}

interface RenameFormProps {
  readonly name: string;
  readonly list: readonly SavedLayout[];
  readonly onDone: () => void;
}

function RenameForm({ name, list, onDone }: RenameFormProps) {
  const rename = useWorkbench((state) => state.layouts.rename);
  const [typed, setTyped] = useState(name);
  const wanted = typed.trim();
  const isTaken = wanted !== name && list.some((each) => each.name === wanted);
  return (
    <li>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '' || isTaken) return;
          rename(name, wanted);
          onDone();
        }}
      >
        <input
          className={toolbar.input}
          aria-label={`New name of ${name}`}
          aria-invalid={isTaken}
          maxLength={longestLayoutName}
          spellCheck={false}
          autoFocus
          value={typed}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            onDone();
          }}
        />
        <TextButton type="submit" look="outlined" disabled={wanted === '' || isTaken}>
          Rename
        </TextButton>
      </form>
      {isTaken && (
        <p className={toolbar.fault} role="alert">
          There is another layout of that name
        </p>
      )}
    </li>
  );
}
