import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with the page, a line for each element. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // Evaluated beside the page's CSP, which lets no other script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const loaded = (globalThis as unknown as { axe: typeof axe }).axe;
    return (await loaded.run()).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n  ${failureSummary ?? ''}`),
  );
}
