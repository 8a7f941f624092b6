import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { SeededRandom } from '../support/seededRandom';
import type { RunFacts } from '../support/tableRuns';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { RunsPageUnderTest } from './runsPage';
import { sharedBrowser } from './sharedBrowser';

/** Runs of a search for good params. */
function searchedRuns(count: number): readonly RunFacts[] {
  const random = new SeededRandom(5);
  return Array.from({ length: count }, (_, at) => {
    const rate = 10 ** -(1 + 3 * random.next());
    return {
      name: at === 1 ? '<img src=x onerror=alert(1)>' : `try-${at}`,
      params: { rate: rate.toPrecision(3), optimizer: random.pick(['adam', 'sgd']) },
      metrics: { loss: at === 0 ? NaN : (Math.log10(rate) + 2.5) ** 2 },
    };
  });
}

describe('charts over the runs of a table', () => {
  let opened: RunsPageUnderTest;

  const open = async (runs: readonly RunFacts[]): Promise<Locator> => {
    opened = await RunsPageUnderTest.open(await sharedBrowser(), { runs, height: 1000 });
    const { page } = opened;
    page.setDefaultTimeout(6000);
    await page.getByRole('rowheader', { name: /try-2/ }).first().waitFor();
    const files = (): Promise<string[]> =>
      page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.ok(!(await files()).some((name) => name.endsWith('/relations.js')), 'loaded too early');
    await page.getByRole('button', { name: 'Charts' }).click();
    const charts = page.getByRole('region', { name: 'Charts' });
    await charts.getByRole('figure').waitFor();
    return charts;
  };

  afterEach(() => opened.close());

  it('are loaded when they are shown, and begin with parallel coordinates', async () => {
    const charts = await open(searchedRuns(30));
    const figure = charts.getByRole('figure');
    assert.match(
      (await figure.getAttribute('aria-label')) ?? '',
      /^Parallel coordinates: optimizer, rate, loss/,
    );
    assert.equal(await figure.locator('.relation-line').count(), 30);
    await figure.getByText(/In 1 of 30 runs, loss is NaN or infinite/).waitFor();
    assert.deepEqual(await axeViolations(opened.page), []);
    const drawing = await figure.locator('.relation-plot > svg').boundingBox();
    assert.ok(drawing && drawing.width > 1100, `${drawing?.width} of 1280 pixels`);
    await opened.screenshot('runs-charts');
  });

  it('draw thousands of runs as a few shapes, and know each of them', async () => {
    const charts = await open(searchedRuns(3000));
    await charts.getByText(/3000 of 3000 runs/).waitFor();
    assert.ok((await charts.locator('.relation-line').count()) <= 24);
    await charts.getByRole('application').press('Home');
    await eventually(
      'the run to stand out',
      () => charts.locator('.relation-line.highlighted').count(),
      (count) => count === 1,
    );
    await charts.getByRole('button', { name: 'Scatter' }).click();
    await charts.getByText(/^2999 of 3000 runs/).waitFor();
    assert.ok((await charts.locator('.relation-point').count()) <= 12);
  });

  it('do not come back once they are removed', async () => {
    const charts = await open(searchedRuns(12));
    const { page } = opened;
    await charts
      .getByRole('figure')
      .getByRole('button', { name: /^Actions of/ })
      .click();
    await page.getByRole('menu').getByText('Remove chart', { exact: true }).click();
    await charts.getByRole('figure').waitFor({ state: 'detached' });
    const toggle = page.getByRole('button', { name: 'Charts' });
    await toggle.click();
    await charts.waitFor({ state: 'detached' });
    await toggle.click();
    await charts.getByRole('button', { name: 'Scatter' }).click();
    await charts.getByRole('figure', { name: 'loss against rate' }).waitFor();
    assert.equal(await charts.getByRole('figure').count(), 1);
  });

  it('follow the filter and are remembered', async () => {
    const charts = await open(searchedRuns(12));
    await charts.getByRole('button', { name: 'Scatter' }).click();
    await charts.getByRole('figure', { name: 'loss against rate' }).waitFor();
    await opened.untilSaid(
      'layout',
      (layout) => (layout as { relations?: readonly unknown[] }).relations?.length === 2,
    );
    opened.tell(2, searchedRuns(5));
    await charts.getByText(/^4 of 5 runs/).waitFor();
    await opened.page.getByRole('button', { name: 'Charts' }).click();
    await charts.waitFor({ state: 'detached' });
  });
});
