import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { ComparisonStore } from '../support/comparisonStore';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

describe('a person with a table of runs', function () {
  this.timeout(90_000);

  let folder: string;
  let store: ComparisonStore;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'runs-'));
    store = await ComparisonStore.place('demo');
    browser = await openBrowser();
    const opening = Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: {
        'mlflow.trackingUri': store.uri,
        'mlflow.refreshInterval': 1,
        'workbench.tree.expandMode': 'doubleClick',
        'workbench.hover.delay': 60_000,
      },
    });
    [bench] = await Promise.all([opening, store.fill()]);
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await store?.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const page = (): FrameLocator => bench.shownPage;
  const grid = (): Locator => page().getByRole('grid', { name: 'Runs', exact: true });
  const header = (name: string): Locator => grid().getByRole('columnheader', { name }).first();
  const filter = (): Locator => page().getByRole('combobox', { name: 'Filter runs' });
  /** The runs from top to bottom, as far as they are seen. */
  const names = async (): Promise<string> => {
    const rows = await grid()
      .getByRole('rowheader')
      .evaluateAll((elements) =>
        elements.map((row) => ({
          top: row.getBoundingClientRect().top,
          text: row.textContent ?? '',
        })),
      );
    const sorted = rows.sort((a, b) => a.top - b.top);
    return sorted.flatMap(({ text }) => /[a-z]+-[a-z]+/.exec(text)?.[0] ?? []).join(' ');
  };
  const untilNames = (wanted: string): Promise<unknown> =>
    eventually(`runs ${wanted}`, names, (found) => found === wanted);
  const untilStatus = (wanted: RegExp): Promise<unknown> =>
    eventually(
      `the table to say ${String(wanted)}`,
      () => page().getByRole('status').allTextContents(),
      (said) => said.some((text) => wanted.test(text)),
    );

  it('opens it from the row of the experiment, and sees every run', async () => {
    await bench.openMlflow();
    await bench.menu('races', 'Open Runs Table');
    await bench.page.getByRole('tab', { name: 'Runs: races' }).waitFor();
    await untilStatus(/4 of 4 runs/);
    await untilNames('idle-hen calm-elk amusing-ox bold-cat');
    assert.equal(await grid().getAttribute('aria-rowcount'), '5');
    await bench.screenshot('runs-table');
  });

  it('is told at the box what is wrong with a filter, and then sees what it finds', async () => {
    await filter().fill('params.learning_rate = 0.1 AND');
    await filter().press('Escape');
    await filter().press('Enter');
    await page().getByText('refused', { exact: false }).first().waitFor();
    await untilNames('idle-hen calm-elk amusing-ox bold-cat');
    await filter().fill("params.learning_rate = '0.1'");
    await filter().press('Escape');
    await filter().press('Enter');
    await untilStatus(/1 of 1 run/);
    await filter().fill('');
    await filter().press('Enter');
    await untilStatus(/4 of 4 runs/);
  });

  it('sorts by a parameter, both ways', async () => {
    const sorted = (order: string): Promise<unknown> =>
      eventually(
        `${order} order`,
        () => header('learning_rate').getAttribute('aria-sort'),
        (said) => said === order,
      );
    await header('learning_rate').click();
    await sorted('ascending');
    await untilNames('idle-hen calm-elk amusing-ox bold-cat');
    await header('learning_rate').click();
    await sorted('descending');
    await untilNames('bold-cat amusing-ox calm-elk idle-hen');
  });

  it('exports all runs as CSV', async () => {
    const file = path.join(folder, 'workspace', 'runs.csv');
    await page().getByRole('button', { name: 'Export' }).click();
    await page().getByRole('menuitem', { name: 'All Runs Found as CSV…' }).click();
    await bench.saveAs(file);
    const text = await eventually(
      'the whole file',
      () => readFile(file, 'utf8').catch(() => ''),
      (read) => read.trimEnd().split('\n').length === 5,
    );
    assert.match(text, /^run_id,experiment_id,status,artifact_uri,start_time,end_time/);
    for (const id of store.ids.values()) assert.ok(text.includes(id));
  });

  it('sees a run that is logged meanwhile, without a refresh', async () => {
    await store.logMore('idle-hen');
    await eventually(
      'the new value',
      () => grid().getByRole('gridcell').allTextContents(),
      (cells) => cells.some((text) => text.includes('0.0625')),
    );
  });

  it('finds the table again after a reload, as it was left', async () => {
    await bench.page.reload();
    await bench.page.getByRole('tab', { name: 'Runs: races' }).waitFor();
    await untilStatus(/4 of 4 runs/);
    await untilNames('bold-cat amusing-ox calm-elk idle-hen');
  });

  it('opens a run by Enter, and sees all of it', async () => {
    await grid().getByRole('rowheader', { name: 'bold-cat' }).first().click();
    await bench.page.keyboard.press('Enter');
    await bench.page.getByRole('tab', { name: 'Run: bold-cat' }).waitFor();
    for (const heading of ['Parameters', 'Metrics', 'Tags', 'Charts', 'Artifacts'])
      await page().getByRole('heading', { name: heading, exact: true }).first().waitFor();
    await page().getByText('200 of 200 points').first().waitFor();
    await bench.screenshot('run-page');
  });
});
