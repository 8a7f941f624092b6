import assert from 'node:assert/strict';
import { threeRuns } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

describe('the compare page by keyboard', () => {
  it('goes from part to part with Tab, each table and the runs being one stop', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    await page.getByRole('grid', { name: 'Metrics' }).waitFor();
    const stops: string[] = [];
    for (let press = 0; press < 30 && stops.at(-1) !== 'grid Metrics'; press++) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          const role = activeElement?.getAttribute('role') ?? activeElement?.localName ?? '';
          const label = (activeElement as HTMLInputElement | null)?.labels?.[0];
          const name =
            activeElement?.getAttribute('aria-label') ??
            (label ?? activeElement)?.textContent?.trim() ??
            '';
          return `${role} ${name.split('\n')[0]}`;
        }),
      );
    }
    assert.equal(
      stops.filter((stop) => stop.startsWith('grid')).join(),
      'grid Parameters,grid Metrics',
    );
    assert.equal(stops.filter((stop) => /bold-cat|amusing-ox|calm-elk/.test(stop)).length, 1);
    assert.ok(stops.includes('input Only differences'), stops.join());
    await opened.close();
  });

  it('highlights a run in the legend while the focus is on its column', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    await page.getByRole('grid', { name: 'Metrics' }).focus();
    await page.keyboard.press('ArrowRight');
    await eventually(
      'amusing-ox to stand out',
      () => page.locator('.run-chip.is-highlighted .run-name').allTextContents(),
      (names) => names.join() === 'amusing-ox',
    );
    await opened.close();
  });

  it('keeps the focus when a menu closes and when a run goes', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    const focused = (wanted: string): Promise<string> =>
      eventually(
        `the focus on ${wanted}`,
        () =>
          page.evaluate(() => {
            const { activeElement } = document;
            return (
              activeElement?.getAttribute('aria-label') ??
              activeElement?.textContent?.slice(0, 80) ??
              ''
            );
          }),
        (text) => text.includes(wanted),
      );
    await page.getByRole('grid', { name: 'Metrics' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await focused('Metrics');
    await page.getByRole('button', { name: 'Actions for amusing-ox' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Remove from Comparison' }).press('Enter');
    await focused('Actions for calm-elk');
    await opened.close();
  });
});

describe('a narrow compare page', () => {
  it('has everything in one column and scrolls sideways in its tables alone', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      width: 600,
      height: 1600,
      reducedMotion: true,
      answers: {
        series: async () => {
          throw new Error('The server said a lot of things. '.repeat(5));
        },
      },
    });
    const { page } = opened;
    await page.getByRole('grid', { name: 'Metrics' }).getByRole('rowheader').first().waitFor();
    await opened.screenshot('compare-narrow');
    await page.getByText('could not be read').first().waitFor();
    const widths = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth];
    });
    assert.equal(widths[0], widths[1]);
    const lefts = await page
      .locator('compare-chart')
      .evaluateAll((charts) => charts.map((chart) => chart.getBoundingClientRect().left));
    assert.equal(new Set(lefts).size, 1);
    await opened.close();
  });
});

describe('the harness of the pages', () => {
  it('fails a page that its CSP had to refuse something', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    await opened.page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await eventually(
      'a violation',
      () => opened.troubles(),
      (troubles) => troubles.length > 0,
    );
    await assert.rejects(opened.close(), /style-src/);
  });
});
