import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { RunsFixture, threeRuns } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import type { PageOptions } from './harness';
import { sharedBrowser } from './sharedBrowser';

describe('the runs of the compare page', () => {
  let opened: PageUnderTest;

  async function open(options: PageOptions): Promise<void> {
    opened = await PageUnderTest.open(await sharedBrowser(), options);
    await opened.page.locator('.run-chip').first().waitFor();
  }

  const chip = (name: string): Locator =>
    opened.page.locator('.run-chip').getByRole('button', { name: new RegExp(`^${name}`) });

  const columns = async (): Promise<string> => {
    const headers = opened.page.getByRole('grid', { name: 'Parameters' }).getByRole('columnheader');
    const texts = await headers.locator('.run-name').allTextContents();
    return texts.join();
  };

  const untilColumns = (wanted: string): Promise<string> =>
    eventually(`columns ${wanted}`, columns, (found) => found === wanted);

  afterEach(() => opened.close());

  it('are hidden and shown everywhere by a click on their chips', async () => {
    await open({ init: threeRuns().init() });
    await untilColumns('bold-cat,amusing-ox,calm-elk');
    await chip('amusing-ox').click();
    await untilColumns('bold-cat,calm-elk');
    assert.equal(await chip('amusing-ox').getAttribute('aria-pressed'), 'false');
    await opened.page.getByText('2 of 3 runs', { exact: true }).waitFor();
    await opened.page.getByRole('button', { name: 'Show All' }).click();
    await untilColumns('bold-cat,amusing-ox,calm-elk');
  });

  it('have a menu that the keyboard reaches', async () => {
    await open({ init: threeRuns().init() });
    await chip('bold-cat').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter'])
      await opened.page.keyboard.press(key);
    const menu = opened.page.getByRole('menu', { name: 'Actions for amusing-ox' });
    await menu.getByRole('menuitem', { name: 'Hide Others' }).press('Enter');
    await untilColumns('amusing-ox');
    const focused = opened.page.locator(':focus');
    assert.equal(await focused.getAttribute('aria-label'), 'Actions for amusing-ox');
  });

  it('are revealed, removed and added by the extension', async () => {
    await open({ init: threeRuns().init() });
    await chip('calm-elk').click({ button: 'right' });
    await opened.page.getByRole('menuitem', { name: 'Reveal in Experiments' }).click();
    assert.equal(await opened.untilSaid('reveal'), 'run-2');
    await chip('calm-elk').click({ button: 'right' });
    await opened.page.getByRole('menuitem', { name: 'Remove from Comparison' }).click();
    assert.deepEqual(await opened.untilSaid('removeRuns'), ['run-2']);
    await untilColumns('bold-cat,amusing-ox');
    await opened.page.getByRole('button', { name: 'Add Runs…' }).click();
    await opened.untilSaid('addRuns');
    const fixture = threeRuns();
    fixture.add({ name: 'deep-fly', params: { optimizer: 'lion' } });
    const { runs, metricKeys } = fixture;
    const order = ['run-0', 'run-1', 'run-3'];
    opened.emit('runs', { runs: runs.slice(3), order, metricKeys, restore: {}, readAt: 1 });
    await untilColumns('bold-cat,amusing-ox,deep-fly');
  });

  it('that cannot be read say why, and are read again on Retry', async () => {
    const fixture = threeRuns();
    fixture.add({ name: 'lost-ant', standing: 'failed', problem: 'The server hung up.' });
    fixture.add({ name: 'gone-bee', standing: 'gone' });
    await open({ init: fixture.init() });
    await opened.page.getByText('lost-ant could not be read. The server hung up.').waitFor();
    await opened.page.getByText('gone-bee is gone from the server').waitFor();
    await opened.page.getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual(await opened.untilSaid('retry'), { runs: ['run-3'] });
    await opened.page.getByRole('button', { name: 'Remove' }).click();
    assert.deepEqual(await opened.untilSaid('removeRuns'), ['run-4']);
    await eventually(
      'no banner',
      () => opened.page.locator('.banner').count(),
      (count) => count === 0,
    );
  });

  it('show their names before anything else is known', async () => {
    const fixture = new RunsFixture(
      { name: 'slow-ant', standing: 'loading' },
      { name: 'slow-bee', standing: 'loading' },
    );
    await open({ init: fixture.init() });
    await chip('slow-ant').waitFor();
    assert.ok((await opened.page.getByText('Reading…').count()) > 0);
    const ready = new RunsFixture(
      { name: 'slow-ant', params: { lr: '1' } },
      { name: 'slow-bee', params: { lr: '2' } },
    );
    const { runs, metricKeys } = ready;
    const order = runs.map(({ key }) => key);
    opened.emit('runs', { runs, order, metricKeys, restore: {}, readAt: 1 });
    await opened.page.getByRole('grid', { name: 'Parameters' }).getByText('lr').waitFor();
  });

  it('stay while something is wrong with the whole page', async () => {
    await open({ init: threeRuns().init() });
    opened.emit('trouble', 'The server does not answer.');
    await opened.page.getByText('The server does not answer.').waitFor();
    await untilColumns('bold-cat,amusing-ox,calm-elk');
    opened.emit('trouble', undefined);
    await opened.page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  });
});

describe('the compare page', () => {
  let opened: PageUnderTest;

  afterEach(() => opened.close());

  it('comes back as it was left, reloaded or hidden', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    await page
      .locator('.run-chip')
      .getByRole('button', { name: /^bold-cat/ })
      .click();
    await page.getByRole('slider', { name: 'Smoothing' }).fill('0.6');
    await page.getByRole('button', { name: 'Tags' }).click();
    await eventually(
      'the page to keep all this',
      () => opened.kept(),
      (kept) =>
        JSON.stringify(kept).includes('"smoothing":0.6') &&
        !JSON.stringify(kept).includes('"tags"]'),
    );
    const kept = (await opened.kept()) as { runs: unknown };
    assert.deepEqual(kept.runs, ['run-0', 'run-1', 'run-2']);
    await opened.reload();
    await page.getByText('2 of 3 runs').waitFor();
    assert.equal(await page.getByRole('spinbutton', { name: 'Smoothing' }).inputValue(), '0.60');
    await page.getByRole('grid', { name: 'Tags' }).waitFor();
  });

  it('says why it could not start', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      answers: { init: () => Promise.reject(new Error('The connection is gone.')) },
    });
    await opened.page.getByRole('alert').getByText('The connection is gone.').waitFor();
  });

  it('offers to add runs where none is left', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: new RunsFixture().init() });
    await opened.page.getByText('There are no runs to compare.').waitFor();
    await opened.page.getByRole('button', { name: 'Add Runs…' }).click();
    await opened.untilSaid('addRuns');
  });

  it('chooses a metric as x axis and a parameter to group by among thousands', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: threeRuns().init() });
    const { page } = opened;
    await page.getByLabel('X axis').selectOption('Another metric…');
    await page.getByRole('combobox', { name: 'Metric for the x axis' }).fill('epoch');
    await page.keyboard.press('Enter');
    await page.getByLabel('Group runs by').selectOption('A parameter…');
    await page.getByRole('option', { name: 'optimizer' }).click();
    const layout = (await opened.untilSaid(
      'layout',
      (value) => (value as { groupBy?: unknown }).groupBy !== undefined,
    )) as { axis: unknown; groupBy: unknown };
    assert.deepEqual(layout.axis, { kind: 'metric', metric: 'epochs_done' });
    assert.deepEqual(layout.groupBy, { kind: 'param', key: 'optimizer' });
  });

  it('follows running runs only as long as it is asked to', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init({ live: true }),
    });
    const live = opened.page.getByRole('switch', { name: 'live' });
    assert.ok(await live.isChecked());
    await live.uncheck();
    assert.equal(await opened.untilSaid('live'), false);
  });

  it('speaks the language of the editor', async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init({ locale: 'ko', texts: { Parameters: '매개변수' } }),
    });
    await opened.page.getByRole('heading', { name: '매개변수' }).waitFor();
    assert.equal(await opened.page.evaluate(() => document.documentElement.lang), 'ko');
  });
});
