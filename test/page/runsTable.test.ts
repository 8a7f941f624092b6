import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { rowsOf } from '../support/tableRuns';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { RunsPageUnderTest } from './runsPage';
import type { RunsPageOptions } from './runsPage';
import { sharedBrowser } from './sharedBrowser';
import { tableRuns } from './tableFixture';
import { themeKinds } from './theme';

describe('the table of runs', () => {
  let opened: RunsPageUnderTest;
  let page: Page;
  let grid: Locator;

  async function open(options: RunsPageOptions = { runs: tableRuns() }): Promise<void> {
    opened = await RunsPageUnderTest.open(await sharedBrowser(), options);
    ({ page } = opened);
    page.setDefaultTimeout(10_000);
    grid = page.getByRole('grid', { name: 'Runs' });
    await grid.waitFor();
  }

  afterEach(() => opened.close());

  /** Names of the rows, from top to bottom. */
  async function untilNames(...wanted: readonly string[]): Promise<void> {
    const read = (): Promise<string[]> =>
      grid.evaluate((element) =>
        [...element.querySelectorAll<HTMLElement>('[role="rowheader"]')]
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map((cell) => cell.querySelector('.name-text')?.textContent ?? ''),
      );
    await eventually(
      `rows ${wanted.join()}`,
      read,
      (names) => names.map((name) => name.trim()).join() === wanted.join(),
    );
  }

  const header = (name: string): Locator => grid.getByRole('columnheader', { name });
  async function openColumnMenu(name: string): Promise<void> {
    await header(name).hover();
    await header(name).locator('.wide-more').click();
  }
  const selected = (): Promise<number> =>
    grid.locator('[role="row"][aria-selected="true"]').count();
  const acted = (action: string): Promise<unknown> =>
    opened.untilSaid('act', (said) => (said as { action: string }).action === action);
  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
  }

  it('shows runs while others are on their way, and says how many there are', async () => {
    const [first, ...others] = tableRuns();
    await open({ answers: { read: async () => ({ reading: 1 }) } });
    await opened.untilSaid('read');
    const progress = { reading: 1, found: 5, problem: undefined, readAt: Date.now() };
    assert.equal(await grid.getAttribute('aria-busy'), 'true');
    opened.emit('rows', { reading: 1, ...rowsOf([first!]) });
    opened.emit('progress', { ...progress, standing: 'reading' });
    await page.getByText('1 of 5 runs, reading…').waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await opened.untilSaid('stop');
    opened.emit('rows', { reading: 1, ...rowsOf([first!, ...others]) });
    opened.emit('progress', { ...progress, standing: 'complete' });
    await page.getByRole('status').getByText('5 of 5 runs').waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), '6');
    assert.equal(await grid.getAttribute('aria-colcount'), '10');
  });

  it('sorts up, down and not any more, children below their parents, what is no number last', async () => {
    await open();
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    await header('loss').click();
    await untilNames('calm-elk', 'bold-cat', 'nested-b', 'nested-a', 'odd-yak');
    assert.equal(await header('loss').getAttribute('aria-sort'), 'ascending');
    await header('loss').click();
    await untilNames('odd-yak', 'bold-cat', 'nested-b', 'nested-a', 'calm-elk');
    await header('lr').click();
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    await header('optimizer').click({ modifiers: ['Shift'] });
    assert.equal(await header('lr').getAttribute('aria-sort'), 'ascending');
    await eventually(
      'a second key',
      () => header('optimizer').getAttribute('aria-sort'),
      (sort) => sort === 'ascending',
    );
  });

  it('folds nested runs by mouse and by keyboard', async () => {
    await open();
    await grid.locator('.wide-fold .icon').click();
    await untilNames('bold-cat', 'calm-elk', 'odd-yak');
    assert.equal(
      await grid.getByRole('rowheader', { name: 'bold-cat' }).getAttribute('aria-expanded'),
      'false',
    );
    await press('ArrowRight');
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    await press('ArrowLeft');
    await untilNames('bold-cat', 'calm-elk', 'odd-yak');
  });

  it('is one stop for Tab, and selects by keyboard', async () => {
    await open();
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    await grid.focus();
    await press('ArrowDown', 'Space');
    await eventually('one selected', selected, (count) => count === 1);
    await press('Shift+ArrowDown');
    await eventually('two selected', selected, (count) => count === 2);
    await press('ControlOrMeta+a');
    await eventually('all selected', selected, (count) => count === 5);
    await page.getByRole('group', { name: 'Selected runs' }).getByText('5 selected').waitFor();
    await page.getByRole('button', { name: 'Compare' }).click();
    assert.equal(((await acted('compare')) as { runs: string[] }).runs.length, 5);
    await grid.focus();
    await press('Escape');
    await eventually('none selected', selected, (count) => count === 0);
    await press('F2');
    assert.deepEqual(await acted('rename'), { action: 'rename', runs: ['run-2'] });
    await press('Enter');
    assert.deepEqual(await acted('open'), { action: 'open', runs: ['run-2'] });
    await press('Delete');
    assert.deepEqual(await acted('delete'), { action: 'delete', runs: ['run-2'] });
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await press('ControlOrMeta+c');
    assert.equal(await opened.untilSaid('copy'), 'NaN');
  });

  it('keeps the focus near a run that is deleted', async () => {
    await open();
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    await grid.getByRole('rowheader', { name: 'calm-elk' }).click();
    opened.emit('gone', { reading: 1, at: Uint32Array.of(3) });
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'odd-yak');
    await press('ControlOrMeta+c');
    assert.equal(await opened.untilSaid('copy'), 'odd-yak');
  });

  it('adds, hides, moves, widens and pins columns, and remembers that', async () => {
    await open();
    await page.getByRole('button', { name: 'Columns…' }).click();
    await page.getByRole('combobox', { name: 'Search columns' }).fill('seed');
    await page.getByRole('option', { name: 'seed' }).click();
    await header('seed').waitFor();
    await press('Escape');
    await header('loss').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Pin Column' }).click();
    await eventually(
      'loss behind the name',
      () => header('loss').getAttribute('aria-colindex'),
      (index) => index === '2',
    );
    await header('count').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide Column' }).click();
    await header('count').waitFor({ state: 'detached' });
    const width = (await header('lr').boundingBox())!.width;
    await header('lr').click({ button: 'right' });
    await press('Escape', 'Shift+ArrowRight');
    await eventually(
      'a wider column',
      async () => (await header('lr').boundingBox())!.width,
      (now) => now === width + 16,
    );
    const layout = (await opened.untilSaid('layout', (said) =>
      JSON.stringify(said).includes('["param:lr",'),
    )) as { columns: string[]; pinned: string[] };
    assert.deepEqual(layout.pinned, ['metric:loss']);
    assert.ok(layout.columns.includes('param:seed') && !layout.columns.includes('metric:count'));
  });

  it('is as it was after a reload', async () => {
    const runs = Array.from({ length: 500 }, (_, at) => ({ metrics: { m: at % 7 } }));
    await open({ runs });
    await page.getByText('500 of 500 runs').waitFor();
    await header('m').click();
    await grid.evaluate((element) => element.scrollTo(0, 4400));
    await grid.getByRole('rowheader').nth(5).click();
    await eventually(
      'what is kept',
      () => opened.kept(),
      (kept) =>
        /"selected":\["run-\d+"\]/.test(JSON.stringify(kept)) &&
        !/"scrollTop":0/.test(JSON.stringify(kept)),
    );
    const before = await grid.evaluate((element) => element.scrollTop);
    await opened.reload();
    await page.getByText('500 of 500 runs').waitFor();
    await eventually(
      'the scroll of before',
      () => grid.evaluate((element) => element.scrollTop),
      (top) => Math.abs(top - before) < 2,
    );
    assert.equal(await header('m').getAttribute('aria-sort'), 'ascending');
    assert.equal(await selected(), 1);
  });

  it('asks for extremes when a column shows them, and says when they are sampled', async () => {
    await open({
      runs: tableRuns(),
      answers: {
        extremes: async ({ at }) => ({
          min: Float64Array.from(at, (place) => place / 10),
          max: Float64Array.from(at, () => 9),
          exact: Uint8Array.from(at, () => 0),
        }),
      },
    });
    await header('loss').click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Show min' }).click();
    await header('loss (min)').waitFor();
    const cell = grid.getByRole('gridcell', { name: '≈0.4' });
    await cell.waitFor();
    await cell.hover();
    assert.match((await cell.getAttribute('title')) ?? '', /Of a sample of its points/);
  });

  it('says why extremes could not be read, and reads them on when it is asked to', async () => {
    let isDown = true;
    await open({
      runs: tableRuns(),
      answers: {
        extremes: async ({ at }) => {
          if (isDown) throw new Error('The server is busy.');
          const values = Float64Array.from(at, (place) => place + 0.5);
          return { min: values, max: values, exact: Uint8Array.from(at, () => 1) };
        },
      },
    });
    await openColumnMenu('loss');
    await page.getByRole('menuitemcheckbox', { name: 'Show min' }).click();
    const banner = page.getByRole('alert').getByText('The server is busy.');
    await banner.waitFor();
    await openColumnMenu('loss (min)');
    await page.getByRole('menuitem', { name: 'Read Histories' }).click();
    await eventually(
      'another try',
      () => opened.saidOf('extremes').length,
      (count) => count === 2,
    );
    isDown = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await grid.getByRole('gridcell', { name: '4.5' }).waitFor();
    await banner.waitFor({ state: 'detached' });
  });

  it('stays where it is scrolled when a value sends a run elsewhere', async () => {
    const runs = Array.from({ length: 200 }, (_, at) => ({ metrics: { m: at } }));
    await open({ runs });
    await page.getByText('200 of 200 runs').waitFor();
    await header('m').click();
    await grid.locator('[aria-sort="ascending"]').waitFor();
    await grid.evaluate((element) => element.scrollTo(0, 2200));
    const moving = grid.getByRole('rowheader', { name: 'run 100' });
    await moving.waitFor();
    const { rows, columns } = rowsOf(
      runs.map((run, at) => (at === 100 ? { metrics: { m: -1 } } : run)),
    );
    opened.emit('rows', { reading: 1, rows, columns });
    await moving.waitFor({ state: 'detached' });
    assert.equal(await grid.evaluate((element) => element.scrollTop), 2200);
  });

  it('goes on widening a column while others come before it', async () => {
    await open();
    await untilNames('bold-cat', 'nested-b', 'nested-a', 'calm-elk', 'odd-yak');
    const { x, y, width, height } = (await header('lr').boundingBox())!;
    await page.mouse.move(x + width - 2, y + height / 2);
    await page.mouse.down();
    const [first] = tableRuns();
    opened.emit('rows', {
      reading: 1,
      ...rowsOf([{ ...first!, metrics: { ...first!.metrics, fresh: 1 } }]),
    });
    await header('fresh').waitFor();
    await page.mouse.move(x + width + 38, y + height / 2);
    await page.mouse.up();
    const { widths } = (await opened.untilSaid('layout', (said) =>
      JSON.stringify(said).includes('"widths":[['),
    )) as { widths: unknown };
    assert.deepEqual(widths, [['param:lr', width + 40]]);
  });

  it('says why there is nothing, and what to do', async () => {
    await open({ runs: [], init: { layout: { filters: ["params.a = 'b'"] } } });
    await page.getByText('No run is found by this filter.').waitFor();
    await page.getByRole('button', { name: 'Clear Filter' }).click();
    await page.getByText('There are no runs yet.').waitFor();
    const failed = { standing: 'failed', problem: 'The server is gone.' } as const;
    opened.emit('progress', { reading: 3, found: 0, ...failed, readAt: undefined });
    await page.getByText('The server is gone.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await eventually(
      'another question',
      () => opened.saidOf('read').length,
      (count) => count === 3,
    );
  });

  it('works with 12,000 columns, all of them shown', async () => {
    const metrics = Object.fromEntries(
      Array.from({ length: 12_000 }, (_, index) => [`m${index}`, index]),
    );
    const columns = Object.keys(metrics)
      .slice(0, 2000)
      .map((key) => `metric:${key}`);
    await open({ runs: [{ metrics }, { metrics: { m0: 1 } }], init: { layout: { columns } } });
    await page.getByRole('button', { name: 'Columns…' }).click();
    await page.getByRole('option', { name: 'Metrics' }).click();
    await press('Escape');
    await eventually(
      'all columns',
      () => grid.getAttribute('aria-colcount'),
      (count) => count === '12001',
    );
    await grid.focus();
    await press('End');
    const last = grid.locator('[aria-colindex="12001"]');
    await last.first().waitFor();
    assert.ok((await page.evaluate(() => document.querySelectorAll('*').length)) < 3000);
  });

  it('has nothing that axe would change in any theme', async () => {
    await open({
      runs: tableRuns(),
      init: { layout: { baseline: 'run-0', hidden: ['run-4'], showHidden: true } },
    });
    await grid.getByRole('rowheader', { name: 'calm-elk' }).click();
    for (const kind of themeKinds) {
      await opened.setTheme(kind);
      await opened.screenshot(`runs-${kind}`);
      assert.deepEqual(await axeViolations(page), [], kind);
    }
  });
});
