import type { SqlSchema } from '#shared/domain/sql';
import {
  completeFromList,
  ifNotIn,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { keywordCompletionSource, SQLDialect } from '@codemirror/lang-sql';
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';

/** DuckDB's SQL as far as queries can use it. */
const keywords = `select from where group by having order limit offset distinct on as and or not in is null like ilike
  between case when then else end with recursive union all except intersect join left right full outer inner cross
  anti semi asof positional lateral using qualify window over partition rows range groups preceding following unbounded
  current row filter within asc desc nulls first last values exists any some cast try_cast exclude replace columns
  pivot unpivot sample describe summarize explain analyze true false interval date timestamp time similar to escape
  collate array struct map lambda`;
const types = `bigint integer int smallint tinyint hugeint ubigint uinteger double float real decimal numeric varchar
  text boolean bool date time timestamp timestamptz interval blob uuid json`;

export const duckDbDialect = SQLDialect.define({
  keywords,
  types,
  operatorChars: '*+-%<>!=&|~^/:',
  identifierQuotes: '"',
  caseInsensitiveIdentifiers: true,
  doubleDollarQuotedStrings: true,
  specialVar: '$',
});

/** Completes keywords, the store's tables and columns, functions, and in text literals its symbols and timeframes. */
export function completion(schema: SqlSchema | null): Extension {
  const { data } = duckDbDialect.language;
  const notInText = (source: Parameters<typeof ifNotIn>[1]) =>
    ifNotIn(['String', 'LineComment', 'BlockComment'], source);
  const sources = [notInText(keywordCompletionSource(duckDbDialect, false))];
  if (schema !== null) {
    sources.push(
      notInText(completeFromList(schema.tables.map(tableOption))),
      notInText((context) => completeColumns(context, schema)),
      notInText(completeFromList(schema.functions.map(functionOption))),
      (context) => completeText(context, schema),
    );
  }
  return sources.map((autocomplete) => data.of({ autocomplete }));
}

/** A part of a text, and where in it that begins. */
export interface Statement {
  readonly text: string;
  readonly from: number;
}

/** The statement that is meant: the selection, else the one at the cursor. */
export function statementToRun(state: EditorState): Statement {
  const { main } = state.selection;
  if (!main.empty) return { text: state.sliceDoc(main.from, main.to), from: main.from };
  const statements = allStatements(state);
  // Between two statements the one that was just written is meant.
  return (
    statements.findLast(({ from }) => from <= main.head) ??
    statements[0] ?? { text: state.doc.toString(), from: 0 }
  );
}

/** Every statement of the text, in order; all of it where there are no two. */
export function allStatements(state: EditorState): readonly Statement[] {
  // Of a long text not all has been looked at yet.
  const tree = ensureSyntaxTree(state, state.doc.length, longestParseMs) ?? syntaxTree(state);
  const statements = tree.topNode.getChildren('Statement');
  if (statements.length < 2) return [{ text: state.doc.toString(), from: 0 }];
  return statements.map(({ from, to }) => ({ text: state.sliceDoc(from, to), from }));
}

const longestParseMs = 200;

function tableOption({ name, doc }: SqlSchema['tables'][number]): Completion {
  return { label: name, type: 'class', detail: 'table', info: doc, boost: 2 };
}

function functionOption(name: string): Completion {
  return { label: name, type: 'function', apply: `${name}(` };
}

/** Columns of the tables that the text names; of all tables while it names none. */
function completeColumns(context: CompletionContext, { tables }: SqlSchema): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z_][\w]*$/);
  const dot = context.matchBefore(/\.[\w]*$/);
  if (word === null && dot === null && !context.explicit) return null;
  const text = context.state.doc.toString().toLowerCase();
  const named = tables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text));
  const options = new Map<string, Completion>();
  for (const { columns } of named.length > 0 ? named : tables) {
    for (const { name, type, doc } of columns) {
      if (!options.has(name)) {
        options.set(name, { label: name, type: 'property', detail: type.toLowerCase(), info: doc, boost: 1 });
      }
    }
  }
  const from = dot !== null ? dot.from + 1 : (word?.from ?? context.pos);
  return { from, options: [...options.values()], validFor: /^\w*$/ };
}

function completeText(
  context: CompletionContext,
  { symbols, timeframes }: SqlSchema,
): CompletionResult | null {
  const text = context.matchBefore(/'[^'\n]*$/);
  if (text === null || syntaxTree(context.state).resolveInner(context.pos, -1).name !== 'String') return null;
  const before = context.state.sliceDoc(Math.max(0, text.from - 40), text.from);
  const isTimeframe = /timeframe\s*(=|<>|!=|in\s*\(.*)\s*$/i.test(before);
  const options = isTimeframe
    ? timeframes.map((label) => ({ label, type: 'enum' }))
    : symbols.map((label) => ({ label, type: 'constant' }));
  return { from: text.from + 1, options, validFor: /^[^'\n]*$/ };
}
