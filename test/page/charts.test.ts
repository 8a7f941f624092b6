import assert from 'node:assert/strict';
import { falling, seriesOf } from './chartSeries';
import { threeRuns } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

describe('charts of the compare page', () => {
  let opened: PageUnderTest;

  afterEach(() => opened.close());

  it('draws lines where there is history and bars where there is not, in sections by prefix', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      height: 1600,
      answers: {
        series: async ({ run, metric }) =>
          metric === 'epochs_done' ? seriesOf([20]) : seriesOf(falling(200, Number(run.slice(4)))),
      },
    });
    const { page } = opened;
    const loss = page.getByRole('figure', { name: 'train/loss' });
    await loss
      .getByText('200 of 200')
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    await opened.screenshot('charts-first', true);
    console.log(await opened.troubles());
    assert.ok(await loss.isVisible());
    await eventually(
      'bars',
      () => page.getByRole('figure', { name: 'epochs_done' }).getAttribute('data-kind'),
      (kind) => kind === 'bar',
    );
  });
});
