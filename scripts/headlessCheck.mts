import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openWorkbench } from '../test/support/browser.mts';
import { demoFolder, root } from './paths.mts';
import { say } from './progress.mts';

/** As much of an element of the page as is used there. */
interface Labelled {
  getAttribute(name: string): string | null;
}

/** Everything in the sidebar's rows, as a screen reader says it. */
const readRows = (page: Page): Promise<string[]> =>
  page
    .locator('.sidebar .pane-body .monaco-list-row')
    .evaluateAll((rows: readonly Labelled[]) =>
      rows.map((row) => row.getAttribute('aria-label') ?? ''),
    );

const rowOf = (page: Page, name: string): ReturnType<Page['locator']> =>
  page.locator(`.sidebar .monaco-list-row[aria-label*="${name}"]`).first();

const level = async (page: Page, name: string): Promise<number> =>
  Number(await rowOf(page, name).getAttribute('aria-level'));

/** Opens a row and waits for the first row below it. */
const expand = async (page: Page, name: string): Promise<string> => {
  const row = rowOf(page, name);
  await row.waitFor({ timeout: 60_000 });
  const below = (await level(page, name)) + 1;
  const index = Number(await row.getAttribute('data-index'));
  const list = row.locator('xpath=ancestor::*[contains(@class,"monaco-list")][1]');
  await row.locator('.monaco-tl-twistie').click();
  const child = list.locator(`.monaco-list-row[data-index="${index + 1}"][aria-level="${below}"]`);
  await child.waitFor({ timeout: 30_000 });
  return (await child.getAttribute('aria-label')) ?? '';
};

const savePicture = async (browser: Browser): Promise<void> => {
  const file = path.join(demoFolder, 'experiments.png');
  await browser.contexts()[0]?.pages()[0]?.screenshot({ path: file });
  say(`picture: ${path.relative(root, file)}`);
};

/**
 * Does in the workbench what a person does first, and prints what is there to see.
 *
 * @returns what is missing, one sentence each
 */
export const checkWorkbench = async (url: string): Promise<readonly string[]> => {
  const browser = await openBrowser();
  const missing: string[] = [];
  try {
    const page = await openWorkbench(browser, url, { width: 1280, height: 900 });
    await page.locator('.activitybar a[aria-label^="MLflow"]').click();
    const expected = ['mlflow-lab', 'CarSeat'];
    for (const name of expected)
      await rowOf(page, name)
        .waitFor({ timeout: 60_000 })
        .catch(() => missing.push(`The sidebar has no row ${name}.`));
    if (missing.length === 0) {
      say(`first version of CarSeat: ${await expand(page, 'CarSeat')}`);
      say(`first run of mlflow-lab: ${await expand(page, 'mlflow-lab')}`);
    }
    const rows = await readRows(page);
    say(`${rows.length} rows in the sidebar:`);
    for (const row of rows) say(`  ${row}`);
  } catch (error) {
    missing.push(error instanceof Error ? error.message : String(error));
  } finally {
    await savePicture(browser);
    await browser.close();
  }
  return missing;
};
