import { counted } from '#shared/counted';
import { escapeHtml } from '#shared/domain/escape-html';
import {
  coverageRules,
  findingKinds,
  findingMeanings,
  gapCauseNames,
  scoreFormula,
  type DayCoverage,
  type Finding,
  type Gap,
  type SeriesQuality,
} from '#shared/domain/quality';
import { groupBy } from '#shared/group-by';

export interface QualityPageContent {
  readonly series: readonly SeriesQuality[];
  readonly objects: readonly Finding[];
}

/** Of each list; the JSON beside the page has all. */
const mostListed = 200;

/** A page that says how good series are. It needs no network, no script and no other file. */
export function qualityPage({ series, objects }: QualityPageContent): string {
  const title = `Data quality of ${series.length === 1 ? nameOf(series[0]) : `${series.length} series`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>Times are UTC; days are those of each market.</p>
${summaryTable(series)}
${series.map(seriesSection).join('\n')}
${objects.length === 0 ? '' : `<section><h2>Chart objects that point nowhere</h2>\n${findingTable(objects, 'Chart objects')}</section>`}
<section>
<h2>How it is judged</h2>
<p>${escapeHtml(scoreFormula)}.</p>
<ul>${coverageRules.map((rule) => `<li>${escapeHtml(rule)}</li>`).join('')}</ul>
<dl>${findingKinds.map((kind) => `<dt>${escapeHtml(findingMeanings[kind].title)}</dt><dd>${escapeHtml(findingMeanings[kind].rule)}</dd>`).join('')}</dl>
</section>
</main>
</body>
</html>
`;
}

function summaryTable(series: readonly SeriesQuality[]): string {
  const rows = series.map(({ score, ...each }, index) =>
    row([
      `<a href="#series-${index + 1}">${escapeHtml(nameOf(each))}</a>`,
      escapeHtml(score.grade ?? '–'),
      score.score === null ? '–' : score.score.toFixed(1),
      `${share(score.completeness)} (${score.coveredBars} of ${score.expectedBars})`,
      `${share(score.accuracy)} (${score.validRows} of ${score.rows})`,
    ]),
  );
  return table('Scores', ['Series', 'Grade', 'Score', 'Completeness', 'Accuracy'], rows);
}

function seriesSection(quality: SeriesQuality, index: number): string {
  const { gaps, findings, advice, from, until, days, unreadable } = quality;
  const listed = gaps.filter(({ cause }) => cause !== 'closed');
  return `<section id="series-${index + 1}">
<h2>${escapeHtml(nameOf(quality))}: ${escapeHtml(quality.score.grade ?? '–')}</h2>
<p>${time(from)} until ${time(until)}, by the ${escapeHtml(quality.calendar)} calendar (${escapeHtml(quality.zone)}).</p>
<h3>What to do</h3>
<ul>${advice.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>
${days.length === 0 ? '' : `<h3>Coverage</h3>\n${calendarTable(quality)}`}
${listed.length === 0 ? '' : `<h3>Gaps</h3>\n${gapTable(listed, nameOf(quality))}`}
${findings.length === 0 ? '' : `<h3>Findings</h3>\n${findingTable(findings, `Findings of ${nameOf(quality)}`)}`}
${unreadable.length === 0 ? '' : `<h3>Files that cannot be read</h3>\n<ul>${unreadable.map(({ path, reason }) => `<li>${escapeHtml(path)}: ${escapeHtml(reason)}</li>`).join('')}</ul>`}
</section>`;
}

/** Letters beside the shades, for who does not see them. */
const letters: Readonly<Record<DayCoverage['state'], string>> = {
  complete: '●',
  partial: '◐',
  missing: '○',
  closed: '·',
};

function calendarTable(quality: SeriesQuality): string {
  const months = [...groupBy(quality.days, ({ day }) => day.slice(0, 7))].map(([month, days]) => {
    const cells = Array.from({ length: 31 }, (_, index) => {
      const wanted = `${month}-${String(index + 1).padStart(2, '0')}`;
      const day = days.find((each) => each.day === wanted);
      return day === undefined
        ? '<td></td>'
        : `<td class="${shadeOf(day)}" title="${escapeHtml(dayText(day))}"><span aria-hidden="true">${letters[day.state]}</span><span class="hidden">${escapeHtml(day.state)}</span></td>`;
    });
    return `<tr><th scope="row">${month}</th>${cells.join('')}</tr>`;
  });
  const head = Array.from({ length: 31 }, (_, index) => `<th scope="col">${index + 1}</th>`).join('');
  const { complete, partial, missing, closed } = quality.dayCounts;
  return `<div class="wide" tabindex="0" role="region" aria-label="Coverage of ${escapeHtml(nameOf(quality))}"><table class="calendar"><caption>${counted(complete, 'day')} complete (●), ${partial} partial (◐), ${missing} missing (○), ${closed} closed (·)</caption>
<thead><tr><th scope="col">Month</th>${head}</tr></thead>
<tbody>${months.join('\n')}</tbody></table></div>`;
}

function shadeOf({ state, found, expected }: DayCoverage): string {
  if (state !== 'partial') return state;
  return found >= expected / 2 ? 'partial' : 'little';
}

function dayText({ day, state, found, expected, reason }: DayCoverage): string {
  const share = expected > 0 ? `, ${found} of ${counted(expected, 'bar')}` : '';
  return `${day}: ${state}${share}${reason === null ? '' : `, ${reason}`}`;
}

function gapTable(gaps: readonly Gap[], name: string): string {
  const rows = gaps
    .slice(0, mostListed)
    .map(({ cause, from, until, bars, reason }) =>
      row([
        gapCauseNames[cause],
        time(from),
        time(until),
        bars === 0 ? '' : String(bars),
        escapeHtml(reason ?? ''),
      ]),
    );
  return table(`Gaps of ${name}${more(gaps.length)}`, ['Cause', 'From', 'Until', 'Bars', 'Why'], rows);
}

function findingTable(findings: readonly Finding[], name: string): string {
  const rows = findings
    .slice(0, mostListed)
    .map(({ kind, from, rows: count, detail }) =>
      row([escapeHtml(findingMeanings[kind].title), time(from), String(count), escapeHtml(detail)]),
    );
  return table(`${name}${more(findings.length)}`, ['Kind', 'Bar', 'Rows', 'What was found'], rows);
}

function more(count: number): string {
  return count > mostListed ? `, the first ${mostListed} of ${count}` : '';
}

function table(caption: string, titles: readonly string[], rows: readonly string[]): string {
  const head = titles.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** Cells are HTML. */
function row(cells: readonly string[]): string {
  const [first = '', ...others] = cells;
  return `<tr><th scope="row">${first}</th>${others.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function nameOf(series: Pick<SeriesQuality, 'symbol' | 'timeframe'> | undefined): string {
  return series === undefined ? 'nothing' : `${series.symbol} ${series.timeframe}`;
}

function time(ts: number): string {
  const text = new Date(ts).toISOString();
  return `<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')}</time>`;
}

/** Cut, not rounded. */
function share(part: number | null): string {
  return part === null ? '–' : `${(Math.floor(part * 1_000 + 1e-9) / 10).toFixed(1)} %`;
}

const style = `
:root { color-scheme: light dark; --ink: #1f2328; --faint: #57606a; --line: #d0d7de; --page: #ffffff; --all: #114b96; --on-all: #ffffff; --part: #93bfee; --little: #cfe2f7; --on-part: #1f2328; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9da7b3; --line: #30363d; --page: #0d1117; --all: #79b8ff; --on-all: #0d1117; --part: #245c9b; --little: #17375c; --on-part: #ffffff; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 24px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding: 4px 0; color: var(--faint); text-align: left; }
th, td { padding: 2px 12px 2px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--faint); }
.wide { overflow-x: auto; }
.calendar th, .calendar td { padding: 0 3px; border: 0; text-align: center; }
.calendar td { min-width: 16px; }
td.complete { background: var(--all); color: var(--on-all); }
td.partial { background: var(--part); color: var(--on-part); }
td.little { background: var(--little); color: var(--on-part); }
td.missing { outline: 1px solid var(--faint); outline-offset: -1px; }
td.closed { color: var(--faint); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dt { margin-top: 8px; font-weight: 600; }
dd { margin: 0; }
a { color: inherit; }
`;
