import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { RunsFixture, threeRuns } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

/** The keys of a table's rows on screen. */
const keysOf = (grid: Locator): Promise<string[]> => grid.getByRole('rowheader').allTextContents();

async function untilKeys(grid: Locator, wanted: readonly string[]): Promise<void> {
  await eventually(
    `rows ${wanted.join()}`,
    () => keysOf(grid),
    (keys) => keys.join() === wanted.join(),
  );
}

describe('the tables of the compare page', () => {
  let opened: PageUnderTest;
  let parameters: Locator;
  let metrics: Locator;

  async function open(fixture = threeRuns(), layout?: unknown): Promise<void> {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: fixture.init({ layout }) });
    parameters = opened.page.getByRole('grid', { name: 'Parameters' });
    metrics = opened.page.getByRole('grid', { name: 'Metrics' });
    await parameters.or(metrics).first().waitFor();
  }

  afterEach(() => opened.close());

  it('show only what differs at first, and everything when asked to', async () => {
    await open();
    for (const name of ['Parameters', 'Metrics', 'Charts'])
      await opened.page.getByRole('heading', { name }).waitFor();
    await untilKeys(parameters, ['learning_rate', 'optimizer']);
    const section = opened.page.locator('section', { has: parameters });
    await section.getByText('2 of 5', { exact: true }).waitFor();
    const box = section.getByRole('checkbox', { name: 'Only differences' });
    assert.ok(await box.isChecked());
    await box.uncheck();
    await untilKeys(parameters, ['batch_size', 'epochs', 'learning_rate', 'optimizer', 'seed']);
    const layout = (await opened.untilSaid('layout')) as { onlyDifferences: unknown };
    assert.deepEqual(layout.onlyDifferences, {
      parameters: false,
      metrics: true,
      tags: true,
      attributes: true,
    });
  });

  it('measure metrics from the baseline, and mark what is best', async () => {
    await open();
    const cell = (row: string, column: number): Locator =>
      metrics.getByRole('row', { name: row }).getByRole('gridcell').nth(column);
    await cell('train/loss', 1).getByText('−0.0263 (−12.3%)').waitFor();
    await cell('train/loss', 1).getByRole('img', { name: 'best' }).waitFor();
    await cell('anomaly cnt', 1).getByRole('img', { name: 'lowest' }).waitFor();
    assert.equal(
      await cell('train/loss', 2).locator('.number').textContent(),
      `NaN${'\u2007'.repeat(7)}`,
    );
    await metrics.getByRole('columnheader', { name: 'amusing-ox' }).dblclick();
    await opened.page.getByRole('menuitem', { name: 'Make Baseline' }).click();
    await cell('train/loss', 0).getByText('+0.0263 (+14.1%)').waitFor();
  });

  it('tell missing from empty, and say a value in full on hover and when copied', async () => {
    await open(
      new RunsFixture(
        { params: { note: '', lr: '1', text: 'a\nb' }, metrics: { loss: [0.123456789012, 42] } },
        { params: { lr: '2', text: 'x'.repeat(6000) }, metrics: { loss: 1 } },
      ),
    );
    const note = parameters.getByRole('row', { name: 'note' }).getByRole('gridcell');
    await note.nth(0).getByText('empty').waitFor();
    await note.nth(1).getByRole('img', { name: 'Not logged' }).waitFor();
    const text = parameters.getByRole('row', { name: 'text' }).getByRole('gridcell');
    assert.equal(await text.nth(0).textContent(), 'a ⏎ b');
    assert.equal((await text.nth(1).textContent())?.length, 201);
    const loss = metrics.getByRole('row', { name: 'loss' }).getByRole('gridcell').first();
    await loss.hover();
    assert.match((await loss.getAttribute('title')) ?? '', /^0\.123456789012\nat step 42\n/);
    await loss.click();
    await opened.page.keyboard.press('ControlOrMeta+c');
    assert.equal(await opened.untilSaid('copy'), '0.123456789012');
  });

  it('answer arrow keys as one stop for Tab', async () => {
    await open();
    await parameters.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight'])
      await opened.page.keyboard.press(key);
    await opened.page.keyboard.press('ControlOrMeta+c');
    assert.equal(await opened.untilSaid('copy'), 'adam');
    const active = await parameters.getAttribute('aria-activedescendant');
    const cell = opened.page.locator(`#${active}`);
    assert.equal(await cell.textContent(), 'adam');
    await opened.page.keyboard.press('ControlOrMeta+Home');
    await opened.page.keyboard.press('ArrowRight');
    await opened.page.keyboard.press('Enter');
    await opened.page.getByRole('menuitem', { name: 'Make Baseline' }).waitFor();
    await opened.page.keyboard.press('Escape');
    assert.equal(await opened.page.getByRole('menu').count(), 0);
  });

  it('take the word of a person for which way is better', async () => {
    await open();
    const cell = metrics.getByRole('row', { name: 'anomaly cnt' }).getByRole('gridcell').nth(1);
    await metrics.getByRole('rowheader', { name: 'anomaly cnt' }).dblclick();
    await cell.getByRole('img', { name: 'best' }).waitFor();
    const layout = (await opened.untilSaid('layout')) as { directions: unknown };
    assert.deepEqual(layout.directions, [['anomaly cnt', 'lower']]);
  });

  it('are copied as Markdown as they are shown', async () => {
    await open();
    await opened.page.getByRole('button', { name: 'Copy Parameters as Markdown' }).click();
    const copied = String(await opened.untilSaid('copy'));
    assert.equal(copied.split('\n')[0], '| Parameters | bold-cat | amusing-ox | calm-elk |');
    assert.equal(copied.split('\n')[2], '| learning\\_rate | 0.01 | 0.001 | 0.1 |');
    assert.equal(copied.trim().split('\n').length, 4);
  });

  it('are filtered by key, and say so when nothing is found', async () => {
    await open();
    const filter = opened.page.getByRole('searchbox', { name: 'Filter Metrics' });
    await filter.fill('LOSS val');
    await untilKeys(metrics, ['val/loss↓']);
    await filter.fill('nothing');
    await opened.page.getByText('No key matches the filter.').waitFor();
  });

  it('say that there are no differences where there are none', async () => {
    await open(
      new RunsFixture(
        { params: { lr: '1' }, metrics: { a: 1 } },
        { params: { lr: '1' }, metrics: { a: 2 } },
      ),
    );
    await opened.page.getByText('No differences: all 1 are the same.').waitFor();
  });

  it('open the sections that were folded', async () => {
    await open();
    const tags = opened.page.getByRole('button', { name: 'Tags' });
    assert.equal(await tags.getAttribute('aria-expanded'), 'false');
    await tags.click();
    await untilKeys(opened.page.getByRole('grid', { name: 'Tags' }), ['mlflow.user']);
  });
});
