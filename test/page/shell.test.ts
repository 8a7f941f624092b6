import assert from 'node:assert/strict';
import { threeRuns } from './fixtures';
import { PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

describe('the compare page', () => {
  let opened: PageUnderTest;

  afterEach(() => opened.close());

  it('shows what differs between three runs, and nothing else', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    for (const name of ['Parameters', 'Metrics', 'Charts'])
      await page.getByRole('heading', { name }).waitFor();
    const grid = page.getByRole('grid', { name: 'Parameters' });
    await grid.getByRole('rowheader').first().waitFor();
    const keys = await grid.getByRole('rowheader').allTextContents();
    await opened.screenshot('compare-dark');
    assert.deepEqual(keys, ['learning_rate', 'optimizer']);
    assert.ok(await page.getByRole('checkbox', { name: 'Only differences' }).first().isChecked());
  });
});
