import type { Page } from '@playwright/test';

const mostDrags = 500;
/** More time than a drag goes over. */
const screenMs = 120 * 86_400_000;

/** Drags the chart `count` times from left to right, into the past, in steps as a hand makes them. */
export async function panBack(page: Page, count: number, after?: () => Promise<void>): Promise<void> {
  const box = await page.getByRole('application', { name: /chart/i }).boundingBox();
  if (box === null) throw new Error('There is no chart');
  const y = box.y + box.height * 0.4;
  for (let drag = 0; drag < count; drag += 1) {
    await page.mouse.move(box.x + box.width * 0.05, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.85, y, { steps: 24 });
    await page.mouse.up();
    await after?.();
  }
}

/**
 * Drags the chart into the past until the bar under the pointer is of that day (`YYYY-MM-DD`) or before it. Answers the
 * number of drags it took.
 */
export async function panBackTo(page: Page, day: string, after: () => Promise<void>): Promise<number> {
  // The last drag may bring the pointer left of the first bar, where the legend tells no day.
  const nearDay = new Date(Date.parse(day) + screenMs).toISOString().slice(0, 10);
  let seen = '9999-12-31';
  for (let drags = 1; drags <= mostDrags; drags += 1) {
    await panBack(page, 1);
    await after();
    const legend = await page.getByLabel('Legend').innerText();
    const [reached] = /\d{4}-\d{2}-\d{2}/.exec(legend) ?? [];
    if (reached === undefined ? seen <= nearDay : reached <= day) return drags;
    seen = reached ?? seen;
  }
  throw new Error(`${mostDrags} drags do not reach ${day}`);
}

/** Zooms out by the wheel, about the middle of the chart. */
export async function zoomOut(page: Page, notches: number): Promise<void> {
  const box = await page.getByRole('application', { name: /chart/i }).boundingBox();
  if (box === null) throw new Error('There is no chart');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4);
  for (let notch = 0; notch < notches; notch += 1) await page.mouse.wheel(0, 120);
}
