import { counted } from '#shared/counted';
import { nameOfHold, type Hold } from '#shared/domain/hold';
import {
  nameOfPolicy,
  type KeptFile,
  type KeptKind,
  type PlannedFile,
  type RetainedFile,
  type RetentionGuardrails,
  type RetentionPlan,
  type RetentionPolicy,
} from '#shared/domain/retention';
import { parseTimeframe } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';
import { objects } from '#schemas/datasets/objects';
import { createHash } from 'node:crypto';
import type { FileEntry } from '../../storage/file-entry.ts';
import { tierOf } from '../../storage/layout.ts';
import { heldBy } from './held-by.ts';
import { pathPattern } from './path-pattern.ts';

/** A file that a policy may look at: one of the catalog, or one that bots keep beside it. */
export type RetainableFile = Pick<
  FileEntry,
  | 'path'
  | 'dataset'
  | 'timeframe'
  | 'partition'
  | 'level'
  | 'rows'
  | 'sizeBytes'
  | 'sequence'
  | 'sha256'
  | 'spans'
> &
  Pick<Partial<FileEntry>, 'madeFrom' | 'shape'>;

/** The last event of an object that has no end yet. */
export interface OpenObject {
  readonly id: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly lastEventMs: number;
}

/** What the policies say of a file: it goes, for this reason, or stays for that one. */
type Verdict =
  | { readonly goes: true; readonly reason: string }
  | { readonly goes: false; readonly kind: KeptKind; readonly because: string };

type Reasons = Map<string, string>;

/** What one limit of one policy says: which files are beyond it, and which it would have to cut through. */
interface Judgement {
  readonly beyond: Reasons;
  readonly cut: Reasons;
}

/**
 * Decides which files go: whole ones only, that are beyond a limit of a policy that is on, and that no hold and no
 * guardrail keeps. Of `files`, which are all of the store, every one that a policy looks at is in one of the two lists.
 */
export function planRetention(
  files: readonly RetainableFile[],
  policies: readonly RetentionPolicy[],
  holds: readonly Hold[],
  nowMs: number,
  guardrails: RetentionGuardrails,
  openObjects: readonly OpenObject[] = [],
  absence: (file: RetainableFile) => string | null = () => null,
): RetentionPlan {
  const judged = policies.filter(({ isOn }) => isOn).map((policy) => judge(files, policy, nowMs));
  const sources = guardrails.keepRollupSources ? rollupSources(files) : new Map<string, string>();
  const open = guardrails.keepOpenObjects ? openBySeries(openObjects) : new Map<string, OpenObject[]>();
  const storeSizeBytes = sum(files, ({ sizeBytes }) => sizeBytes);
  const budget = new ShareBudget(storeSizeBytes, guardrails.maxSharePercent);
  const going: PlannedFile[] = [];
  const kept: KeptFile[] = [];
  // Oldest first: what the largest share leaves for the next run is the newest.
  for (const file of files.toSorted(byAge)) {
    const looking = judged.filter(({ looksAt }) => looksAt.has(file.path));
    if (looking.length === 0) continue;
    let verdict = verdictOf(file, looking, nowMs);
    const absent = verdict.goes ? absence(file) : null;
    if (absent !== null) verdict = stays('not-there', absent);
    if (verdict.goes) verdict = guarded(file, verdict, { holds, nowMs, guardrails, sources, open });
    if (verdict.goes) verdict = budget.spend(file, verdict);
    if (verdict.goes) going.push({ ...shown(file), reason: verdict.reason });
    else kept.push({ ...shown(file), kind: verdict.kind, because: verdict.because });
  }
  going.sort(byPath);
  return {
    atMs: nowMs,
    files: going,
    kept: kept.sort(byPath),
    rows: sum(going, ({ rows }) => rows),
    sizeBytes: sum(going, ({ sizeBytes }) => sizeBytes),
    storeSizeBytes,
    digest: digestOf(going),
  };
}

interface JudgedPolicy {
  readonly looksAt: ReadonlySet<string>;
  /** By path, the pattern that excludes it. */
  readonly excluded: ReadonlyMap<string, string>;
  readonly judgements: readonly Judgement[];
}

function judge(files: readonly RetainableFile[], policy: RetentionPolicy, nowMs: number): JudgedPolicy {
  const own = files
    .filter(
      ({ dataset, timeframe, path }) =>
        dataset === policy.dataset &&
        (policy.timeframe === null || policy.timeframe === timeframe) &&
        (policy.tier === undefined || policy.tier === tierOf(path)),
    )
    .sort(byAge);
  const excluded = new Map<string, string>();
  for (const { path } of own) {
    const glob = policy.exclude.find((each) => pathPattern(each)(path));
    if (glob !== undefined) excluded.set(path, glob);
  }
  const name = nameOfPolicy(policy);
  const { maxAgeDays, maxSizeBytes, maxSizeBytesPerSymbol } = policy;
  return {
    looksAt: new Set(own.map(({ path }) => path)),
    excluded,
    judgements: [
      ...(maxAgeDays === null ? [] : [byAgeLimit(own, name, maxAgeDays, nowMs)]),
      ...(maxSizeBytes === null ? [] : [byTotal(own, name, maxSizeBytes)]),
      ...(maxSizeBytesPerSymbol === null ? [] : [bySymbol(own, name, maxSizeBytesPerSymbol)]),
    ],
  };
}

function verdictOf(file: RetainableFile, looking: readonly JudgedPolicy[], nowMs: number): Verdict {
  const { path } = file;
  const glob = looking.map(({ excluded }) => excluded.get(path)).find((found) => found !== undefined);
  if (glob !== undefined) return stays('excluded', `excluded by ${glob}`);
  const judgements = looking.flatMap((each) => each.judgements);
  const reason = judgements.map(({ beyond }) => beyond.get(path)).find((found) => found !== undefined);
  if (reason !== undefined) return { goes: true, reason };
  const cut = judgements.map((each) => each.cut.get(path)).find((found) => found !== undefined);
  if (cut !== undefined) return stays('cut-through', cut);
  return stays('within-limits', `within its limits: its newest row is ${ageText(file, nowMs)} old`);
}

function byAgeLimit(files: readonly RetainableFile[], name: string, days: number, nowMs: number): Judgement {
  const beyond: Reasons = new Map();
  const cut: Reasons = new Map();
  const limitMs = nowMs - days * DAY;
  for (const file of files) {
    const { first, last } = extentOf(file);
    if (last < limitMs)
      beyond.set(file.path, `${name}: older than ${counted(days, 'day')} (newest row ${dayOf(last)})`);
    else if (first < limitMs) {
      cut.set(
        file.path,
        `${name}: begins before ${dayOf(limitMs)} but reaches to ${dayOf(last)}; only whole files go`,
      );
    }
  }
  return { beyond, cut };
}

/** The oldest go until the rest is within the limit. `files` are oldest first. */
function byTotal(files: readonly RetainableFile[], name: string, maxSizeBytes: number): Judgement {
  const beyond: Reasons = new Map();
  let total = sum(files, ({ sizeBytes }) => sizeBytes);
  for (const { path, sizeBytes } of files) {
    if (total <= maxSizeBytes) break;
    total -= sizeBytes;
    beyond.set(path, `${name}: among the oldest beyond ${maxSizeBytes} bytes in all`);
  }
  return { beyond, cut: new Map() };
}

/** A file counts for each of its symbols by the rows it has of it, and goes when it is too old for all of them. */
function bySymbol(files: readonly RetainableFile[], name: string, maxSizeBytes: number): Judgement {
  const left = new Map<string, number>();
  const shareOf = ({ sizeBytes, rows }: RetainableFile, span: { readonly rows: number }) =>
    rows === 0 ? 0 : (sizeBytes * span.rows) / rows;
  for (const file of files) {
    for (const span of file.spans) left.set(span.symbol, (left.get(span.symbol) ?? 0) + shareOf(file, span));
  }
  const beyond: Reasons = new Map();
  const cut: Reasons = new Map();
  for (const file of files) {
    const over: string[] = [];
    const within: string[] = [];
    for (const span of file.spans) {
      const size = left.get(span.symbol) ?? 0;
      if (size <= maxSizeBytes) within.push(span.symbol);
      else {
        over.push(span.symbol);
        left.set(span.symbol, size - shareOf(file, span));
      }
    }
    if (over.length === 0) continue;
    if (within.length === 0)
      beyond.set(file.path, `${name}: among the oldest beyond ${maxSizeBytes} bytes of ${listed(over)}`);
    else {
      const limits = `${listed(over)} beyond ${maxSizeBytes} bytes but also ${listed(within)}, which is not`;
      cut.set(file.path, `${name}: holds ${limits}; only whole files go`);
    }
  }
  return { beyond, cut };
}

interface Guards {
  readonly holds: readonly Hold[];
  readonly nowMs: number;
  readonly guardrails: RetentionGuardrails;
  /** By path, a rollup that is made from it. */
  readonly sources: ReadonlyMap<string, string>;
  /** By timeframe and symbol. */
  readonly open: ReadonlyMap<string, readonly OpenObject[]>;
}

function guarded(file: RetainableFile, verdict: Verdict, guards: Guards): Verdict {
  const { holds, nowMs, guardrails, sources, open } = guards;
  const hold = heldBy(holds, file);
  if (hold !== null) return stays('held', `held: ${nameOfHold(hold)}`);
  if (extentOf(file).last > nowMs - guardrails.minAgeDays * DAY) {
    const days = guardrails.minAgeDays;
    return stays(
      'too-young',
      `its newest row is ${ageText(file, nowMs)} old, and nothing under ${counted(days, 'day')} goes`,
    );
  }
  const rollup = sources.get(file.path);
  if (rollup !== undefined)
    return stays(
      'rollup-source',
      `the last copy of what ${rollup} is made from; longer bars would go with it`,
    );
  const object = openObjectIn(file, open);
  if (object !== undefined)
    return stays('open-object', `holds the last event of ${object.id}, which is still open`);
  return verdict;
}

function openBySeries(openObjects: readonly OpenObject[]): Map<string, OpenObject[]> {
  const bySeries = new Map<string, OpenObject[]>();
  for (const object of openObjects) {
    // Files are named by the spelling of the disk, events have their writer's.
    const key = `${parseTimeframe(object.timeframe) ?? object.timeframe} ${object.symbol}`;
    const known = bySeries.get(key);
    if (known === undefined) bySeries.set(key, [object]);
    else known.push(object);
  }
  return bySeries;
}

/** By the span of its rows: it may be another file of the same time that has the event, and then both stay. */
function openObjectIn(file: RetainableFile, open: Guards['open']): OpenObject | undefined {
  if (file.dataset !== objects.name) return undefined;
  for (const { symbol, first, last } of file.spans) {
    const found = open
      .get(`${file.timeframe} ${symbol}`)
      ?.find(({ lastEventMs }) => lastEventMs >= first && lastEventMs <= last);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The files that living rollups are made from, each with one of those. */
function rollupSources(files: readonly RetainableFile[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { path, madeFrom } of files) {
    for (const source of madeFrom?.sources.flatMap((each) => each.files) ?? [])
      sources.set(source.path, path);
  }
  return sources;
}

/** The largest share of the store that one run takes. What comes after the first file that is too much stays too. */
class ShareBudget {
  readonly #mostBytes: number;
  readonly #because: string;
  #spentBytes = 0;
  #isSpent = false;

  constructor(storeSizeBytes: number, maxSharePercent: number) {
    this.#mostBytes = (storeSizeBytes * maxSharePercent) / 100;
    this.#because = `this run would take more than ${maxSharePercent} % of the store; the oldest go first`;
  }

  spend({ sizeBytes }: RetainableFile, verdict: Verdict): Verdict {
    this.#isSpent ||= this.#spentBytes + sizeBytes > this.#mostBytes;
    if (this.#isSpent) return stays('share-reached', this.#because);
    this.#spentBytes += sizeBytes;
    return verdict;
  }
}

function stays(kind: KeptKind, because: string): Verdict {
  return { goes: false, kind, because };
}

function shown(file: RetainableFile): RetainedFile {
  const { path, dataset, timeframe, spans, rows, sizeBytes } = file;
  const { first: firstMs, last: lastMs } = extentOf(file);
  const symbols = spans.map(({ symbol }) => symbol).filter((symbol) => symbol !== '');
  return { path, dataset, timeframe, symbols, firstMs, lastMs, rows, sizeBytes };
}

function digestOf(files: readonly PlannedFile[]): string {
  const named = files.map(({ path, rows, sizeBytes }) => [path, rows, sizeBytes]);
  return createHash('sha256').update(JSON.stringify(named)).digest('hex');
}

/** A file without rows is as old as can be: nothing in it is young. */
function extentOf({ spans }: RetainableFile): { readonly first: number; readonly last: number } {
  if (spans.length === 0) return { first: 0, last: 0 };
  return {
    first: spans.reduce((least, { first }) => Math.min(least, first), Infinity),
    last: spans.reduce((most, { last }) => Math.max(most, last), -Infinity),
  };
}

function byAge(a: RetainableFile, b: RetainableFile): number {
  return extentOf(a).last - extentOf(b).last || byPath(a, b);
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

function ageText(file: RetainableFile, nowMs: number): string {
  const days = Math.floor((nowMs - extentOf(file).last) / DAY);
  return days === 1 ? '1 day' : counted(Math.max(0, days), 'day');
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function listed(symbols: readonly string[]): string {
  return symbols.length <= 3
    ? symbols.join(', ')
    : `${symbols.slice(0, 3).join(', ')} and ${symbols.length - 3} more`;
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
