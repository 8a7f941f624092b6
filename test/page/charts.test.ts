import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { falling, seriesOf } from './chartSeries';
import { RunsFixture, threeRuns } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

const runOf = (key: string): number => Number(key.slice('run-'.length));

describe('charts of the compare page', () => {
  let opened: PageUnderTest;

  afterEach(() => opened.close());

  const openThree = async (): Promise<void> => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      height: 1500,
      answers: {
        series: async ({ run, metric }) =>
          metric === 'epochs_done' ? seriesOf([20]) : seriesOf(falling(200, runOf(run))),
      },
    });
  };
  const figure = (name: string): Locator => opened.page.getByRole('figure', { name, exact: true });
  const drawn = async (name: string): Promise<Locator> => {
    await figure(name).locator('.chart-caption', { hasText: '600 of 600 points' }).waitFor();
    return figure(name);
  };
  const plotOf = (chart: Locator): Locator => chart.locator('.chart-plot');
  const seen = (chart: Locator): Promise<string | null> =>
    chart.locator('.chart-overview').getAttribute('title');

  it('draws lines where there is history and bars where there is not, in sections by prefix', async () => {
    await openThree();
    await drawn('train/loss');
    await eventually(
      'bars',
      () => figure('epochs_done').getAttribute('data-kind'),
      (kind) => kind === 'bar',
    );
    const sections = await opened.page.locator('.charts-head').allInnerTexts();
    assert.deepEqual(
      sections.map((text) => text.trim().split(/\s/)[0]),
      ['Without', 'train/', 'val/'],
    );
    await opened.screenshot('charts');
  });

  it('shows the values of all runs under the pointer, highest first, in the chart that it is in', async () => {
    await openThree();
    const chart = await drawn('train/loss');
    await plotOf(chart).hover({ position: { x: 200, y: 60 } });
    const tooltip = chart.locator('.chart-tooltip');
    await tooltip.locator('tr').nth(2).waitFor();
    const step = Number(/Step (\d+)/.exec(await tooltip.innerText())?.[1]);
    const values = await tooltip
      .locator('tr')
      .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['value'])));
    assert.deepEqual(
      values,
      [0, 1, 2].map((run) => falling(200, run)[step]),
    );
    assert.ok(await figure('train/acc').locator('.chart-tooltip').isHidden());
  });

  it('zooms all charts together by dragging, the wheel and keys, and says where it is', async () => {
    await openThree();
    const chart = await drawn('train/loss');
    const other = figure('val/loss');
    const box = (await plotOf(chart).boundingBox())!;
    const { mouse, keyboard } = opened.page;
    await mouse.move(box.x + 100, box.y + 50);
    await mouse.down();
    await mouse.move(box.x + 200, box.y + 80, { steps: 4 });
    await mouse.up();
    const zoomed = await eventually(
      'a zoom',
      () => seen(other),
      (text) => text !== null,
    );
    assert.equal(await seen(chart), zoomed);
    assert.match(zoomed!, /^Step from [\d.]+ to [\d.]+$/);
    await keyboard.down('Control');
    await mouse.wheel(0, -100);
    await keyboard.up('Control');
    const closer = await eventually(
      'a closer zoom',
      () => seen(other),
      (text) => text !== zoomed,
    );
    await plotOf(chart).focus();
    await keyboard.press('-');
    await eventually(
      'a wider zoom',
      () => seen(other),
      (text) => text !== closer,
    );
    await keyboard.press('0');
    await eventually(
      'no zoom',
      () => seen(other),
      (text) => text === null,
    );
  });

  it('asks for whole series where a sampled one is zoomed, and then draws every spike', async () => {
    const points = 200_000;
    const spikes = [7, 31_415, 99_999, 100_001, 199_990];
    const values = falling(points, 0);
    spikes.forEach((step) => (values[step] = 5));
    const sampled = seriesOf(falling(2500, 0), { complete: false });
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: new RunsFixture({ name: 'long', metrics: { loss: [0.5, points - 1] } }).init(),
      answers: { series: async ({ whole }) => (whole ? seriesOf(values) : sampled) },
    });
    const chart = figure('loss');
    const caption = chart.locator('.chart-caption');
    await caption.getByText('sampled, up to 2,500 points a run').waitFor();
    assert.equal(opened.saidOf('series').length, 1);
    await plotOf(chart).focus();
    await opened.page.keyboard.press('+');
    await caption.getByText('of 200,000 points').waitFor();
    await opened.page.keyboard.press('0');
    await eventually(
      'no zoom',
      () => seen(chart),
      (text) => text === null,
    );
    const peaks = await chart.evaluate((element) => {
      const { drawnPoints } = element.closest('compare-chart') as unknown as {
        drawnPoints: readonly { x: Float64Array; y: Float64Array }[];
      };
      return drawnPoints.flatMap(({ x, y }) => [...x].filter((_, at) => y[at] === 5));
    });
    assert.deepEqual(peaks, spikes);
    assert.ok(Number(await chart.getAttribute('data-drawn')) < 10_000);
  });

  it('goes from point to point and from run to run by keyboard, and says each', async () => {
    await openThree();
    const chart = await drawn('train/loss');
    const said = (wanted: string): Promise<string | null> =>
      eventually(
        wanted,
        () => opened.page.locator('#announcements').textContent(),
        (text) => text?.trim() === wanted,
      );
    const value = (run: number, step: number): string => String(falling(200, run)[step]);
    await plotOf(chart).focus();
    const { keyboard } = opened.page;
    await keyboard.press('ArrowRight');
    await said(`bold-cat, Step 0: ${value(0, 0)}`);
    await keyboard.press('ArrowRight');
    await said(`bold-cat, Step 1: ${value(0, 1)}`);
    await keyboard.press('End');
    await said(`bold-cat, Step 199: ${value(0, 199)}`);
    await keyboard.press('ArrowDown');
    await said(`amusing-ox, Step 199: ${value(1, 199)}`);
  });

  it('shows a chart as a table, and fills the page with it until Escape', async () => {
    await openThree();
    const chart = await drawn('train/loss');
    await chart.getByRole('button', { name: 'Show as table' }).click();
    await chart.getByRole('combobox').selectOption({ label: 'calm-elk' });
    const rows = chart.getByRole('table', { name: 'calm-elk' }).getByRole('row');
    await eventually(
      'rows',
      () => rows.count(),
      (count) => count === 101,
    );
    assert.match(await rows.nth(3).innerText(), new RegExp(`^2\\s.*${falling(200, 2)[2]}$`, 's'));
    await chart.getByRole('button', { name: 'Show as chart' }).click();
    await chart.getByRole('button', { name: 'Full screen' }).click();
    await eventually(
      'a large picture',
      async () => (await plotOf(chart).locator('canvas').first().boundingBox())?.width ?? 0,
      (width) => width > 1200,
    );
    await opened.page.keyboard.press('Escape');
    await eventually(
      'a small picture',
      async () => (await plotOf(chart).locator('canvas').first().boundingBox())?.width ?? 0,
      (width) => width < 700,
    );
  });

  it('has drawn what came while it was a table, and saves its picture from there', async () => {
    const open = new Map<string, (values: Float64Array) => void>();
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: new RunsFixture({ metrics: { loss: [0.5, 199] } }).init(),
      height: 1500,
      answers: {
        series: ({ metric }) =>
          new Promise((resolve) => open.set(metric, (values) => resolve(seriesOf(values)))),
      },
    });
    const chart = figure('loss');
    await eventually('a question', () => open.has('loss'), Boolean);
    await eventually(
      'a picture',
      () => plotOf(chart).locator('canvas').count(),
      (count) => count > 0,
    );
    await chart.getByRole('button', { name: 'Show as table' }).click();
    open.get('loss')!(falling(200, 0));
    await chart.getByRole('row').getByText('200', { exact: true }).waitFor();
    await chart.getByRole('button', { name: 'More actions for loss' }).click();
    await opened.page.getByRole('menuitem', { name: 'Save as PNG…' }).click();
    const { content } = (await opened.untilSaid('save')) as { content: Uint8Array };
    assert.ok(Buffer.from(content).readUInt32BE(16) > 300);
    await chart.getByRole('button', { name: 'Show as chart' }).click();
    await eventually(
      'all points',
      () => chart.getAttribute('data-drawn'),
      (count) => count === '200',
    );
  });

  it('forgets the pointer with the chart that it was in', async () => {
    await openThree();
    await drawn('train/loss');
    const chart = figure('epochs_done');
    await opened.page.getByRole('searchbox', { name: 'Search charts' }).focus();
    await plotOf(chart).hover();
    const chips = opened.page.locator('.run-chip.is-highlighted');
    await chips.waitFor();
    await opened.page.keyboard.type('val/');
    await chart.waitFor({ state: 'detached' });
    await chips.waitFor({ state: 'detached' });
  });

  it('saves a chart as PNG, SVG and CSV, and copies it as Markdown', async () => {
    await openThree();
    const chart = await drawn('train/loss');
    const choose = async (label: string): Promise<void> => {
      await chart.getByRole('button', { name: 'More actions for train/loss' }).click();
      await opened.page.getByRole('menuitem', { name: label }).click();
    };
    const saved = async (extension: string): Promise<string | Uint8Array> => {
      const value = await opened.untilSaid('save', (one) =>
        (one as { suggested: string }).suggested.endsWith(extension),
      );
      assert.equal((value as { suggested: string }).suggested, `train-loss${extension}`);
      return (value as { content: string | Uint8Array }).content;
    };
    await choose('Save as PNG…');
    const png = await saved('.png');
    assert.deepEqual([...png.slice(1, 4)], [...Buffer.from('PNG')]);
    await choose('Save as SVG…');
    const svg = String(await saved('.svg'));
    assert.equal(svg.match(/<title>(bold-cat|amusing-ox|calm-elk)<\/title>/g)?.length, 3);
    await choose('Save as CSV…');
    const lines = String(await saved('.csv'))
      .trim()
      .split('\n');
    assert.equal(lines.length, 601);
    assert.match(lines[1]!, new RegExp(`^bold-cat,0+,train/loss,0,\\d+,${falling(200, 0)[0]}$`));
    await choose('Copy as Markdown');
    assert.match(String(await opened.untilSaid('copy')), /^\| train\/loss \| Points/);
  });

  it('draws very many points in slices, and all of them in the end', async () => {
    const drafts = Array.from({ length: 50 }, () => ({ metrics: { loss: [0.5, 799] as const } }));
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: new RunsFixture(...drafts).init(),
      width: 1600,
      answers: { series: async ({ run }) => seriesOf(falling(800, runOf(run) / 20)) },
    });
    const chart = figure('loss');
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('.chart-caption', { hasText: '40,000 of 40,000 points' }).waitFor();
    await plotOf(chart).focus();
    await opened.page.keyboard.press('+');
    await eventually(
      'a part',
      () => chart.getAttribute('data-drawn'),
      (count) => Number(count) > 15_000 && Number(count) < 25_000,
    );
  });

  it('finds charts by text and by expression, and tells when that is none', async () => {
    await openThree();
    await drawn('train/loss');
    const search = opened.page.getByRole('searchbox', { name: 'Search charts' });
    const names = (): Promise<(string | null)[]> =>
      opened.page
        .getByRole('figure')
        .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    await search.fill('LOSS');
    await eventually('two', names, (found) => found.join() === 'train/loss,val/loss');
    await search.fill('/^val|acc$/');
    await eventually('others', names, (found) => found.join() === 'train/acc,val/loss');
    await search.fill('/(/');
    await opened.page.getByText('This is no regular expression').waitFor();
  });

  it('keeps what is there when a series cannot be read, and reads it again on Retry', async () => {
    let isBroken = true;
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: threeRuns().init(),
      answers: {
        series: async ({ run }) => {
          if (isBroken && run === 'run-1') throw new Error('The server stopped.');
          return seriesOf(falling(200, runOf(run)));
        },
      },
    });
    const chart = figure('train/loss');
    await chart.getByText('amusing-ox could not be read: The server stopped.').waitFor();
    await chart.locator('.chart-caption', { hasText: '400 of 400 points' }).waitFor();
    isBroken = false;
    await chart.getByRole('button', { name: 'Retry' }).click();
    await drawn('train/loss');
  });

  it('tells of points that are NaN or infinite, and leaves a logarithmic axis nothing it has no place for', async () => {
    const values = [1, NaN, 2, Infinity, -Infinity, 0, -3, 4];
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: new RunsFixture({ metrics: { odd: [4, 7] } }).init(),
      answers: { series: async () => seriesOf(values) },
    });
    const caption = figure('odd').locator('.chart-caption');
    await caption.getByText('8 of 8 points · 1 NaN · 2 infinite').waitFor();
    await opened.page.getByRole('checkbox', { name: 'log y' }).check();
    await caption.getByText('2 values at or below 0 are not on a logarithmic axis').waitFor();
  });

  it('draws a few of 5,000 charts, those that are looked at first, and stops asking when folded', async () => {
    const metrics = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`m${at}`, [at, 10] as const]),
    );
    const aborted: string[] = [];
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: new RunsFixture({ name: '<b>bold</b>', metrics }).init(),
      answers: {
        series: ({ metric }, signal) =>
          new Promise(() => signal.addEventListener('abort', () => aborted.push(metric))),
      },
    });
    await figure('m0').scrollIntoViewIfNeeded();
    await eventually(
      'questions',
      () => opened.saidOf('series').length,
      (count) => count >= 4,
    );
    assert.equal((opened.saidOf('series')[0] as { metric: string }).metric, 'm0');
    assert.ok((await opened.page.getByRole('figure').count()) <= 45);
    await opened.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await eventually(
      'charts in the middle',
      () =>
        opened.page
          .getByRole('figure')
          .evaluateAll((all) => all.map((one) => Number(one.getAttribute('aria-label')!.slice(1)))),
      (places) => places.length > 0 && places.every((place) => place > 2000 && place < 3000),
    );
    await eventually('no more interest', () => aborted.includes('m0'), Boolean);
    await opened.page.getByRole('button', { name: 'Charts', exact: true }).click();
    await eventually(
      'silence',
      () => aborted.length,
      (count) => count === opened.saidOf('series').length,
    );
  });
});
