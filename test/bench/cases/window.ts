import { spawn } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { medians, type Bench, type BenchFolders } from '../bench.ts';
import { crowdedStore } from '../stores/crowded-store.ts';
import { historyFrom, historyStore } from '../stores/history-store.ts';
import { sampled } from '../timing.ts';
import { watchedFrames, watchFrames } from '../window/frames.ts';
import { electron, openWindow } from '../window/open-window.ts';
import { panBack, panBackTo, zoomOut } from '../window/panning.ts';

const starts = 5;
const slowFrameMs = 50;
/** A day or two of bars are still to the left of the pointer when a drag ends there. */
const dayAfterFirst = new Date(historyFrom + 4 * 86_400_000).toISOString().slice(0, 10);

/** A program that opens an empty window and says when it can be seen, by the clock that ours goes by. */
const emptyProgram = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1600, height: 1000, show: false });
  window.once('ready-to-show', () => {
    window.show();
    process.stdout.write(JSON.stringify({ paintedMs: Date.now() - process.getCreationTime() }) + '\\n');
    app.quit();
  });
  window.loadURL('data:text/html,<title>empty</title>');
});
`;

const start: Bench = {
  name: 'window-start',
  async run(folders) {
    const store = join(folders.scratch, 'demo');
    await runToEnd(process.execPath, [join(folders.programs, 'cli.cjs'), 'demo', store]);
    const empty = join(folders.scratch, 'empty');
    await mkdir(empty, { recursive: true });
    await writeFile(
      join(empty, 'package.json'),
      '{"name":"empty","productName":"Empty","version":"1.0.0","main":"main.js"}',
    );
    await writeFile(join(empty, 'main.js'), emptyProgram);
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let index = 0; index < starts; index += 1) {
      const picture = join(folders.scratch, `${index}.png`);
      ours.push(await paintedMs(folders, index, process.cwd(), ['--store', store, '--screenshot', picture]));
      plain.push(await paintedMs(folders, starts + index, empty, []));
    }
    const [left, right] = [sampled(ours), sampled(plain)];
    const note = 'from the start of the process to painted candles; plain: to an empty window';
    return [medians('window-start', { ours: left, plain: right }, note)];
  },
};

const show: Bench = {
  name: 'window-viewport',
  async run(folders) {
    const window = await openWindow(folders, await copyOf(folders, await historyStore(folders, 10_000)));
    try {
      for (const symbol of ['QQQ', 'SPY']) await showMs(window.page, symbol);
      const samples: number[] = [];
      for (let index = 0; index < 40; index += 1)
        samples.push(await showMs(window.page, index % 2 === 0 ? 'QQQ' : 'SPY'));
      const idle: number[] = [];
      for (let index = 0; index < 40; index += 1) idle.push(await oneFrameMs(window.page));
      const [ours, plain] = [sampled(samples), sampled(idle)];
      const note =
        'from a click on a symbol until the frame that draws its bars is done; plain: a frame without anything to draw';
      return [medians('window-viewport', { ours, plain }, note)];
    } finally {
      await window.close();
    }
  },
};

const crowd: Bench = {
  name: 'window-panning',
  async run(folders) {
    const window = await openWindow(folders, await copyOf(folders, await crowdedStore(folders)));
    try {
      await zoomOut(window.page, 12);
      const crowded = sampled(await panningWork(window.page));
      for (const layer of ['Zones', 'Levels', 'Flags', 'Markers']) await toggleLayer(window.page, layer);
      const bare = sampled(await panningWork(window.page));
      const note =
        '95th percentile of the work in a frame, 6,000 bars, 1,000 zones, 500 flags, 1,000 markers; plain: layers off';
      return [
        {
          name: 'window-panning',
          ours: quantile(crowded.samples, 0.95),
          plain: quantile(bare.samples, 0.95),
          p50: crowded.p50,
          p99: crowded.p99,
          unit: 'ms',
          note,
        },
      ];
    } finally {
      await window.close();
    }
  },
};

const decade: Bench = {
  name: 'window-decade',
  async run(folders) {
    const window = await openWindow(folders, await copyOf(folders, await historyStore(folders, 10_000)));
    try {
      await window.page.getByRole('button', { name: '1h', exact: true }).click();
      // Bars that arrive after a zoom would undo it.
      await window.page.getByLabel('Legend').getByText('1h from 1m').waitFor();
      await zoomOut(window.page, 12);
      await panBack(window.page, 2);
      const before = await window.memoryMb();
      let highest = before;
      await watchFrames(window.page);
      const drags = await panBackTo(window.page, dayAfterFirst, async () => {
        highest = Math.max(highest, await window.memoryMb());
      });
      const { work, intervals } = await watchedFrames(window.page);
      const slow = intervals.filter((interval) => interval > slowFrameMs).length / intervals.length;
      const drawn = sampled(work.filter((each) => each > 0));
      return [
        {
          name: 'window-decade-slow-frames',
          ours: 100 * slow,
          plain: 1,
          p50: drawn.p50,
          p99: drawn.p99,
          unit: '%',
          note: `share of ${intervals.length} frames over ${slowFrameMs} ms while all ten years of 1h bars are panned in ${drags} drags (p50, p99: work in a frame, ms); plain: the limit`,
        },
        {
          name: 'window-decade-memory',
          ours: highest,
          plain: before,
          p50: null,
          p99: null,
          unit: 'MB',
          note: 'highest resident memory of the main process meanwhile; plain: before',
        },
      ];
    } finally {
      await window.close();
    }
  },
};

const grid: Bench = {
  name: 'window-grid-million',
  async run(folders) {
    const window = await openWindow(folders, await copyOf(folders, await crowdedStore(folders)));
    const { page } = window;
    try {
      await page.getByRole('tab', { name: 'SQL', exact: true }).click();
      await page.getByRole('textbox', { name: 'SQL statement' }).click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(
        "select range as n, range * 0.25 as price, 'row ' || range as name from range(1000000)",
      );
      await page.keyboard.press('ControlOrMeta+Enter');
      const rows = page.getByRole('grid', { name: 'Rows of the result' });
      await rows.getByText('row 3', { exact: true }).waitFor({ timeout: 60_000 });
      const box = await rows.boundingBox();
      if (box === null) throw new Error('There is no grid');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await watchFrames(page);
      for (let step = 0; step < 300; step += 1) await page.mouse.wheel(0, step % 50 === 49 ? 2_000_000 : 900);
      const { intervals } = await watchedFrames(page);
      const seen = sampled(intervals);
      const slow = intervals.filter((interval) => interval > slowFrameMs).length / intervals.length;
      // Its rows are on their way when the scrolling ends.
      await rows
        .getByText(/^row \d{6}$/)
        .last()
        .waitFor();
      const shown = await rows.getByRole('row').last().innerText();
      return [
        {
          name: 'window-grid-million',
          ours: 100 * slow,
          plain: 1,
          p50: seen.p50,
          p99: seen.p99,
          unit: '%',
          note: `frames over ${slowFrameMs} ms while a result of a million rows is scrolled (p50, p99: from frame to frame, ms); plain: the limit. Reached ${shown.replaceAll(/\s+/g, ' ').slice(0, 60)}`,
        },
      ];
    } finally {
      await window.close();
    }
  },
};

async function panningWork(page: Page): Promise<readonly number[]> {
  await watchFrames(page);
  await panBack(page, 6);
  const { work } = await watchedFrames(page);
  return work.filter((each) => each > 0);
}

async function toggleLayer(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Layers' }).click();
  await page.getByRole('checkbox', { name }).first().click();
  await page.keyboard.press('Escape');
}

/** From a click on a symbol until the frame that draws its bars is done. */
function showMs(page: Page, symbol: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const row = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((each) =>
      each.textContent.startsWith(wanted),
    );
    const legend = document.querySelector('[aria-label=Legend]');
    if (row === undefined || legend === null) throw new Error(`There is no ${wanted}`);
    const before = legend.textContent.replace(/^[A-Z]+/, '');
    const isThere = () =>
      legend.textContent.startsWith(wanted) && legend.textContent.replace(/^[A-Z]+/, '') !== before;
    // A chart of a screen of bars takes hundreds of them: the legend alone does not say that it was drawn.
    const canvas = CanvasRenderingContext2D.prototype;
    const native = Object.getOwnPropertyDescriptor(canvas, 'fillRect') ?? {};
    let drawn = 0;
    canvas.fillRect = function fillRect(...box) {
      if (isThere()) drawn += 1;
      (native.value as typeof canvas.fillRect).apply(this, box);
    };
    const { port1, port2 } = new MessageChannel();
    const frameDone = () =>
      new Promise((resume) => {
        port1.onmessage = resume;
        requestAnimationFrame(() => port2.postMessage(null));
      });
    const started = performance.now();
    row.click();
    try {
      while (drawn < 100 && performance.now() - started < 5_000) await frameDone();
      return performance.now() - started;
    } finally {
      Object.defineProperty(canvas, 'fillRect', native);
      port1.close();
    }
  }, symbol);
}

/** A frame without anything to draw, until it is done. */
function oneFrameMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const started = performance.now();
    await new Promise((resume) => {
      port1.onmessage = resume;
      requestAnimationFrame(() => port2.postMessage(null));
    });
    port1.close();
    return performance.now() - started;
  });
}

async function paintedMs(
  { scratch }: BenchFolders,
  index: number,
  program: string,
  args: readonly string[],
): Promise<number> {
  const { executable, switches } = electron();
  const output = await runToEnd(executable, [
    ...switches,
    `--user-data-dir=${join(scratch, `start-${index}`)}`,
    program,
    ...args,
  ]);
  const line = output.split('\n').find((each) => each.includes('"paintedMs"'));
  return (JSON.parse(line ?? '{}') as { readonly paintedMs: number }).paintedMs;
}

async function runToEnd(executable: string, args: readonly string[]): Promise<string> {
  const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${executable} ended with ${String(code)}: ${output}${errors}`);
  return output;
}

/** To be written to. */
async function copyOf({ scratch }: BenchFolders, store: string): Promise<string> {
  const copy = join(scratch, 'store');
  await cp(store, copy, { recursive: true });
  return copy;
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const windowBenches = [start, show, crowd, decade, grid];
