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
});

describe('a narrow compare page', () => {
  it('has everything in one column and scrolls sideways in its tables alone', async () => {
    const opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      width: 600,
      reducedMotion: true,
    });
    const { page } = opened;
    await page.getByRole('grid', { name: 'Metrics' }).getByRole('rowheader').first().waitFor();
    await opened.screenshot('compare-narrow');
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
