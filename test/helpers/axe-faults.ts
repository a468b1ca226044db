import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe finds wrong in these parts of the page as they are, or by these of its rules alone. */
export async function axeFaults(
  page: Page,
  parts: readonly string[],
  rules?: readonly string[],
): Promise<readonly axe.Result[]> {
  // It stays in the page: to put it there takes longer than most looks do.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source);
  const context = JSON.stringify({ include: parts });
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${context}, ${options})`);
  return violations;
}

/** The same of one part in words, a line for each place, where axe holds it to be serious. */
export async function seriousFaults(
  page: Page,
  part: string,
  looksAt: 'all' | 'colours' = 'all',
): Promise<readonly string[]> {
  const faults = await axeFaults(page, [part], looksAt === 'all' ? undefined : ['color-contrast']);
  return faults
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
}
