import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe holds to be serious in a part of the page as it is, a line for each. */
export async function seriousFaults(
  page: Page,
  part: string,
  looksAt: 'all' | 'colours' = 'all',
): Promise<readonly string[]> {
  const rules = looksAt === 'all' ? {} : { runOnly: ['color-contrast'] };
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .options({ resultTypes: ['violations'], ...rules })
    // Its other way opens a page of its own, which Electron has no place for.
    .setLegacyMode()
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
}
