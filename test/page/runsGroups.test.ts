import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { RunFacts } from '../support/tableRuns';
import { RunsPageUnderTest } from './runsPage';
import { sharedBrowser } from './sharedBrowser';

const runs: readonly RunFacts[] = [
  { name: 'one', params: { opt: 'adam' }, metrics: { loss: 1, acc: 0.5 } },
  { name: 'two', params: { opt: 'adam' }, metrics: { loss: 3, acc: NaN } },
  { name: 'three', params: { opt: 'sgd' }, metrics: { loss: 0.5, acc: 0.75 } },
  { name: '"four"\\', metrics: { loss: 8 } },
];

describe('what a table does with its rows', () => {
  let opened: RunsPageUnderTest;
  let page: Page;

  const open = async (layout?: unknown): Promise<void> => {
    opened = await RunsPageUnderTest.open(await sharedBrowser(), { runs, init: { layout } });
    page = opened.page;
    page.setDefaultTimeout(4000);
    await page.getByRole('rowheader').first().waitFor();
  };
  const row = (name: RegExp): Locator => page.getByRole('row', { name });
  const menu = async (button: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('menu').getByText(entry, { exact: true }).click();
  };

  afterEach(() => opened.close());

  it('groups runs by what is chosen, with figures, and folds groups', async () => {
    await open();
    await menu('Group', 'Parameter or Tag…');
    await page.getByRole('combobox', { name: 'Group by' }).fill('opt');
    await page.keyboard.press('Enter');
    const adam = row(/opt: adam 2 runs/);
    await adam.getByText(/^2\u2007*$/).waitFor();
    await row(/opt: none 1 run/).waitFor();
    await menu('Group', 'Show greatest');
    await adam.getByText(/^3\u2007*$/).waitFor();
    // The accuracy of one of them is NaN, which is left out.
    await adam.getByText(/^† 0.5/).waitFor();
    await menu('Group', 'Fold All');
    await row(/Finished one/).waitFor({ state: 'detached' });
    await opened.screenshot('runs-groups');
  });

  it('measures from a baseline, by sign and number', async () => {
    await open({ baseline: 'run-0' });
    const cells = row(/Finished two/).getByRole('gridcell');
    await cells.getByText('▲ +2 (+200%)').waitFor();
    await row(/Finished three/)
      .getByText('▼ −0.5 (−50.0%)')
      .waitFor();
    await row(/Finished three/)
      .getByText('sgd ≠')
      .waitFor();
    await opened.screenshot('runs-baseline');
  });

  it('copies Python that asks for the runs that are found', async () => {
    await open({
      filters: ["params.opt = 'adam'"],
      groupBy: [],
      sort: [{ column: 'metric:loss' }],
    });
    await menu('Export', 'Copy as Python for pandas');
    const text = String(await opened.untilSaid('copy'));
    assert.match(text, /experiment_names=\["lab"\]/);
    assert.match(text, /filter_string="params.opt = 'adam'"/);
    assert.match(text, /order_by=\["metrics.loss ASC"\]/);
  });
});
