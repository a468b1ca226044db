/** Why a query may not run, and the byte of it where that is said. */
export interface Refusal {
  readonly message: string;
  readonly byte: number | null;
}

export interface CheckedQuery {
  /** Tables of the store that it reads. */
  readonly tables: readonly string[];
  readonly refusal: Refusal | null;
}

/** Tables made of the arguments alone. All others reach files, settings, other queries' text or the process itself. */
export const allowedTableFunctions: ReadonlySet<string> = new Set([
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_types',
  'generate_series',
  'json_each',
  'json_tree',
  'pg_timezone_names',
  'range',
  'repeat',
  'repeat_row',
  'unnest',
]);

const tableRefs = new Set([
  'BASE_TABLE',
  'CTE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'PIVOT',
  'SHOW_REF',
  'SUBQUERY',
  'TABLE_FUNCTION',
]);

type Node = Readonly<Record<string, unknown>>;

/**
 * Looks through the whole syntax tree of a SELECT, as DuckDB's own parser gives it, for anything that is not a table of
 * the store or made of one. This is the wall in front of the engine's settings, which alone are not enough: a file that
 * may be read may also be written, and some table functions change the instance that they are called in.
 */
export function checkSyntaxTree(tree: unknown, storeTables: readonly string[]): CheckedQuery {
  const nodes = [...nodesOf(tree)];
  const named = new Set(nodes.flatMap(commonTableNames));
  const tables = new Set<string>();
  for (const node of nodes) {
    const refusal = refusalOf(node, storeTables, named, tables);
    if (refusal !== null) return { tables: [], refusal };
  }
  return { tables: [...tables], refusal: null };
}

function refusalOf(
  node: Node,
  storeTables: readonly string[],
  named: ReadonlySet<string>,
  tables: Set<string>,
): Refusal | null {
  const kind = textOf(node['type']);
  if (kind === 'TABLE_FUNCTION') {
    const call = node['function'];
    const name = isNode(call) ? textOf(call['function_name']).toLowerCase() : '';
    return allowedTableFunctions.has(name)
      ? null
      : refuse(`${name} is not available: a query reads the store's tables and nothing else`, node);
  }
  if (kind === 'BASE_TABLE') {
    const schema = textOf(node['schema_name']).toLowerCase();
    const name = textOf(node['table_name']);
    if (textOf(node['catalog_name']) === '' && schema === 'information_schema') return null;
    const known = storeTables.find((table) => table === name.toLowerCase());
    const isPlain = textOf(node['catalog_name']) === '' && (schema === '' || schema === 'main');
    if (isPlain && schema === '' && named.has(name.toLowerCase())) {
      // A name of the query's own hides the store's table where it is in sight, which is not told here.
      if (known !== undefined) tables.add(known);
      return null;
    }
    if (isPlain && known !== undefined) {
      tables.add(known);
      return null;
    }
    return refuse(`There is no table ${name}: the store has ${listOf(storeTables)}`, node);
  }
  // Whatever else a table can come from has a `sample` in the tree, and would be new to this list.
  if ('sample' in node && !kind.endsWith('_NODE') && !tableRefs.has(kind)) {
    return refuse("A query reads the store's tables and nothing else", node);
  }
  return null;
}

function commonTableNames(node: Node): string[] {
  const map = node['cte_map'];
  if (!isNode(map) || !Array.isArray(map['map'])) return [];
  return map['map'].flatMap((entry: unknown) =>
    isNode(entry) && typeof entry['key'] === 'string' ? [entry['key'].toLowerCase()] : [],
  );
}

function* nodesOf(value: unknown): Iterable<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (isNode(value)) {
    yield value;
    for (const inner of Object.values(value)) yield* nodesOf(inner);
  }
}

function refuse(message: string, node: Node): Refusal {
  const byte = node['query_location'];
  return { message, byte: typeof byte === 'number' && Number.isSafeInteger(byte) ? byte : null };
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
