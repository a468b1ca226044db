import type { SqlSchema } from '#shared/domain/sql';
import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyField, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  tooltips,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import {
  allStatements,
  completion,
  duckDbDialect,
  statementToRun,
  type Statement,
} from './editor-language.ts';
import { editorLook } from './editor-look.ts';

/** A part of the text, and where it begins. */
/** What of the text is meant. */
export interface AskedStatements {
  /** The selection, else the statement at the cursor. */
  readonly chosen: () => Statement;
  readonly all: () => readonly Statement[];
}

export interface SqlEditorProps {
  /** Names the text: what is undone and selected in it is kept for when it comes back. */
  readonly id: string;
  readonly text: string;
  readonly schema: SqlSchema | null;
  /** Where in the text something is wrong. */
  readonly fault: { readonly at: number; readonly message: string } | null;
  readonly onChange: (text: string) => void;
  readonly onRun: (statement: Statement) => void;
  readonly onRunAll: (statements: readonly Statement[]) => void;
  readonly onSave: () => void;
  /** Hands out how to ask which statements are meant. */
  readonly onReady: (asked: AskedStatements | null) => void;
}

/** What was typed and undone in texts that are not shown just now. */
const left = new Map<string, { readonly text: string; readonly json: unknown }>();
const kept = { history: historyField };
const mostLeft = 32;

/** An editor for SQL. It draws into a tree of its own: the page's policy allows no style elements. */
export function SqlEditor(props: SqlEditorProps) {
  const { id, schema, fault, onReady } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const completing = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const { current } = host;
    if (current === null) return undefined;
    const root = current.shadowRoot ?? current.attachShadow({ mode: 'open' });
    const parent = document.createElement('div');
    parent.style.height = '100%';
    root.append(parent);
    const floating = floatingRoot();
    const known = left.get(id);
    const { text } = latest.current;
    const config = {
      doc: text,
      extensions: [...extensions(latest, completing.current), tooltips({ parent: floating.parent })],
    };
    const state =
      known?.text === text ? EditorState.fromJSON(known.json, config, kept) : EditorState.create(config);
    const made = new EditorView({ state, parent, root });
    view.current = made;
    made.dispatch({ effects: completing.current.reconfigure(completion(latest.current.schema)) });
    floating.adopt(root);
    onReady({ chosen: () => statementToRun(made.state), all: () => allStatements(made.state) });
    return () => {
      onReady(null);
      left.delete(id);
      left.set(id, { text: made.state.doc.toString(), json: made.state.toJSON(kept) });
      for (const [oldest] of left) if (left.size > mostLeft) left.delete(oldest);
      view.current = null;
      made.destroy();
      parent.remove();
      floating.remove();
    };
  }, [id, onReady]);

  useEffect(() => {
    view.current?.dispatch({ effects: completing.current.reconfigure(completion(schema)) });
  }, [schema, id]);

  useEffect(() => {
    const { current } = view;
    if (current === null) return;
    current.dispatch(
      setDiagnostics(current.state, fault === null ? [] : [diagnosticOf(current.state, fault)]),
    );
    if (fault !== null)
      current.dispatch({ effects: EditorView.scrollIntoView(Math.min(fault.at, current.state.doc.length)) });
  }, [fault, id]);

  return <div ref={host} style={{ height: '100%' }} />;
}

/** Over the whole page, since a dock clips what lies in it; with the editor's styles, which reach no farther than its tree. */
function floatingRoot() {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  root.append(parent);
  document.body.append(host);
  return {
    parent,
    adopt: ({ adoptedStyleSheets }: ShadowRoot) => {
      root.adoptedStyleSheets = adoptedStyleSheets;
    },
    remove: () => host.remove(),
  };
}

function extensions(latest: { readonly current: SqlEditorProps }, completing: Compartment) {
  const run = (view: EditorView) => {
    closeCompletion(view);
    latest.current.onRun(statementToRun(view.state));
    return true;
  };
  const runAll = (view: EditorView) => {
    closeCompletion(view);
    latest.current.onRunAll(allStatements(view.state));
    return true;
  };
  const save = () => {
    latest.current.onSave();
    return true;
  };
  return [
    keymap.of([
      { key: 'Mod-Shift-Enter', run: runAll, preventDefault: true },
      { key: 'Mod-Enter', run, preventDefault: true },
      { key: 'Mod-s', run: save, preventDefault: true },
      { key: 'Tab', run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...defaultKeymap,
    ]),
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    bracketMatching(),
    EditorView.lineWrapping,
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    autocompletion({ icons: false }),
    EditorState.allowMultipleSelections.of(true),
    EditorView.contentAttributes.of({ 'aria-label': 'SQL statement' }),
    placeholder('select * from candles limit 100'),
    duckDbDialect.language,
    completing.of([]),
    editorLook,
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) latest.current.onChange(state.doc.toString());
    }),
  ];
}

/** The word at the fault, or the character where there is none. */
function diagnosticOf(
  state: EditorState,
  { at, message }: { readonly at: number; readonly message: string },
) {
  const from = Math.min(at, state.doc.length);
  const word = state.wordAt(from);
  const to = word === null ? Math.min(state.doc.length, from + 1) : word.to;
  return { from: Math.min(from, to), to, severity: 'error' as const, message };
}
