import assert from 'node:assert/strict';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { RunsFixture } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

describe('a compare page of 500 runs with 5,000 metrics and parameters', () => {
  let opened: PageUnderTest;

  const elements = (): Promise<number> =>
    opened.page.evaluate(() => document.querySelectorAll('*').length);

  before(async function () {
    this.timeout(60_000);
    const metricKeys = Array.from({ length: 5000 }, (_, index) => `group${index % 50}/m${index}`);
    const keys = Uint32Array.from(metricKeys, (_, index) => index);
    const columns = Array.from({ length: 20 }, (_, column) =>
      Float64Array.from(keys, (key) => column * 7919 + key),
    );
    const zeros = new Float64Array(5000);
    const plain = new RunsFixture();
    const runs = Array.from({ length: 500 }, (_, run): ComparedRun => ({
      ...plain.add({ params: { lr: `${run}`, [`only of ${run}`]: 'x' } }),
      metrics: {
        keys,
        values: columns[run % 20]!,
        steps: zeros,
        timestamps: zeros,
      },
    }));
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: plain.init({ runs, metricKeys }),
      answers: { series: () => new Promise(() => undefined) },
    });
    await opened.page
      .getByRole('grid', { name: 'Metrics' })
      .getByRole('rowheader')
      .first()
      .waitFor({ timeout: 30_000 });
  });

  after(() => opened.close());

  it('stays under 3,000 elements, wherever it is scrolled to', async () => {
    const metrics = opened.page.getByRole('grid', { name: 'Metrics' });
    assert.equal(await metrics.getAttribute('aria-rowcount'), '5001');
    assert.equal(await metrics.getAttribute('aria-colcount'), '501');
    assert.ok((await elements()) < 3000, `${await elements()} elements`);
    await metrics.evaluate((grid) => grid.scrollTo(40_000, 60_000));
    await metrics.locator('[data-row="2740"][data-column="164"]').waitFor();
    assert.ok((await elements()) < 3000, `${await elements()} elements`);
    const bar = opened.page.locator('.runs-many');
    await bar.evaluate((list) => list.scrollTo(0, 1000));
    await bar.getByText('run 200', { exact: true }).waitFor();
    assert.ok((await elements()) < 3000, `${await elements()} elements`);
  });

  it('goes to its far corner by keyboard, where the value is right', async () => {
    const metrics = opened.page.getByRole('grid', { name: 'Metrics' });
    await metrics.focus();
    await opened.page.keyboard.press('ControlOrMeta+End');
    await eventually(
      'the last cell',
      async () => {
        const active = await metrics.getAttribute('aria-activedescendant');
        return active === null ? '' : opened.page.locator(`#${active}`).textContent();
      },
      (text) => text?.includes((19 * 7919 + 4999).toString()) === true,
    );
  });

  it('finds a run by its name', async () => {
    await opened.page.getByRole('searchbox', { name: 'Filter runs' }).fill('RUN 499');
    await eventually(
      'one chip',
      () => opened.page.locator('.run-chip .run-name').allTextContents(),
      (names) => names.join() === 'run 499',
    );
    await opened.page.getByRole('searchbox', { name: 'Filter runs' }).fill('');
  });
});

describe('a compare page of hostile names', () => {
  it('shows HTML as text, everywhere', async () => {
    const texts = { [hostile]: hostile, __proto__x: hostile, lr: hostile };
    const fixture = new RunsFixture(
      {
        name: hostile,
        experimentName: hostile,
        params: texts,
        tags: texts,
        metrics: { [hostile]: 1 },
      },
      { name: `${hostile} 2`, standing: 'failed', problem: hostile, metrics: { [hostile]: 2 } },
    );
    const opened = await PageUnderTest.open(await sharedBrowser(), {
      init: fixture.init({ layout: { folded: [], groupBy: { kind: 'param', key: hostile } } }),
    });
    opened.emit('trouble', hostile);
    const { page } = opened;
    await page.locator('.banner').first().waitFor();
    await page.getByRole('columnheader', { name: hostile }).first().waitFor();
    await page.locator('.run-more').first().click();
    await page.getByRole('menu').waitFor();
    const found = await page.evaluate(() => [
      document.querySelectorAll('main img, main script, .popup img').length,
      'hacked' in globalThis,
    ]);
    assert.deepEqual(found, [0, false]);
    await opened.close();
  });
});
