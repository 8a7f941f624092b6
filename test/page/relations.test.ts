import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { SeededRandom } from '../support/seededRandom';
import { axeViolations } from './axe';
import { RunsFixture } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';

const hostile = '<img src=x onerror=alert(1)>';

/** Runs of a search for good params; the last two have no learning rate, the first one no number as its loss. */
function searched(count: number): RunsFixture {
  const random = new SeededRandom(11);
  const runs = new RunsFixture();
  for (let at = 0; at < count; at++) {
    const rate = 10 ** -(1 + 3 * random.next());
    const dropout = Math.round(random.next() * 50) / 100;
    const loss = (Math.log10(rate) + 2.5) ** 2 + dropout + random.next() / 5;
    runs.add({
      name: at === 1 ? hostile : `try-${at}`,
      params: {
        ...(at < count - 2 && { learning_rate: rate.toPrecision(3) }),
        dropout: String(dropout),
        optimizer: random.pick(['adam', 'sgd', 'lion']),
        epochs: '20',
      },
      metrics: { 'val/loss': at === 0 ? NaN : loss, 'val/acc': 1 - loss / 6 },
    });
  }
  return runs;
}

interface Saved {
  readonly suggested: string;
  readonly content: string;
}

interface Specs {
  readonly relations: readonly { readonly axes: readonly { readonly field: { key: string } }[] }[];
}

describe('charts of params against metrics', () => {
  let opened: PageUnderTest;

  const open = async (runs: RunsFixture): Promise<Page> => {
    opened = await PageUnderTest.open(await sharedBrowser(), { init: runs.init(), height: 1000 });
    opened.page.setDefaultTimeout(4000);
    return opened.page;
  };
  /** Adds a chart of a kind and gives its figure. */
  const add = async (kind: string): Promise<Locator> => {
    const relations = opened.page.getByRole('region', { name: 'Relations' });
    await relations.getByRole('button', { name: kind }).click();
    const figure = relations.getByRole('figure').last();
    await figure.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    return figure;
  };
  const announced = (wanted: RegExp): Promise<string> =>
    eventually(
      `an announcement like ${wanted}`,
      () => opened.page.locator('#announcements').innerText(),
      (text) => wanted.test(text),
    );
  /** The fields of the axes of the first chart, as the page wants them remembered. */
  const axesKept = async (): Promise<string[] | undefined> => {
    const { view } = (await opened.kept()) as { view: { layout: Specs } };
    return view.layout.relations[0]?.axes.map(({ field }) => field.key);
  };

  afterEach(() => opened.close());

  it('draws each kind with what is missing said below, and names as text', async () => {
    const page = await open(searched(40));
    const scatter = await add('Scatter');
    assert.equal(await scatter.getAttribute('aria-label'), 'val/loss against dropout');
    assert.equal(await scatter.locator('.relation-point').count(), 39);
    await scatter
      .getByText('39 of 40 runs · In 1 of 40 runs, val/loss is NaN or infinite')
      .waitFor();
    const contour = await add('Contour');
    await contour.getByText('2 of 40 runs have no learning_rate').waitFor();
    assert.ok((await contour.locator('path[class^=band]').count()) > 4);
    const box = await add('Box plot');
    assert.equal(await box.locator('.relation-box').count(), 3);
    const parallel = await add('Parallel coordinates');
    assert.equal(await parallel.locator('.relation-line').count(), 40);
    assert.equal(await page.locator('img').count(), 0);
    await opened.screenshot('relations');
  });

  it('names the run below the pointer and makes it stand out everywhere', async () => {
    const page = await open(searched(12));
    const scatter = await add('Scatter');
    await scatter.locator('[data-run="run-1"]').hover();
    const tooltip = scatter.locator('.relation-tooltip');
    assert.match(await tooltip.innerText(), /^<img src=x onerror=alert\(1\)>\s+dropout/);
    await page.locator('.relation-point.highlighted[data-run="run-1"]').waitFor();
    await page.mouse.move(5, 5);
    await tooltip.waitFor({ state: 'detached' });
  });

  it('goes from run to run with the keys and says each', async () => {
    await open(searched(12));
    const scatter = await add('Scatter');
    await scatter.getByRole('application').press('Home');
    const first = await announced(/dropout [\d.]+, val\/loss/);
    await scatter.getByRole('application').press('ArrowRight');
    await eventually(
      'another run',
      () => announced(/dropout/),
      (text) => text !== first,
    );
    assert.equal(await scatter.locator('.highlighted').count(), 1);
    await scatter.getByRole('application').press('Escape');
    await scatter.locator('.highlighted').waitFor({ state: 'detached' });
  });

  it('keeps runs within a range that is dragged on an axis, until it is clicked', async () => {
    const page = await open(searched(30));
    const parallel = await add('Parallel coordinates');
    const grip = parallel.locator('.relation-grip').first();
    const box = await grip.boundingBox();
    assert.ok(box);
    const middle = box.x + box.width / 2;
    await page.mouse.move(middle, box.y + 2);
    await page.mouse.down();
    await page.mouse.move(middle, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await parallel.getByText(/30 of 30 runs, of which (1?\d|2\d) within the ranges/).waitFor();
    const outside = await parallel.locator('.relation-outside .relation-line').count();
    assert.ok(outside > 0 && outside < 30);
    await page.mouse.click(middle, box.y + 20);
    await parallel.getByText('30 of 30 runs ·').waitFor();
  });

  it('sets a range by the keyboard, from the value of a run', async () => {
    const page = await open(searched(12));
    const parallel = await add('Parallel coordinates');
    await parallel.locator('[data-run="run-3"]').first().waitFor();
    await page.locator('.run-chip').nth(3).hover();
    await parallel.locator('.highlighted[data-run="run-3"]').waitFor();
    const head = parallel.getByRole('button', { name: 'dropout', exact: true });
    await head.press('Enter');
    await page.getByRole('menuitem', { name: /^Only up to .* \(try-3\)$/ }).press('Enter');
    await parallel.getByText(/of which \d+ within the ranges/).waitFor();
    await head.press('Enter');
    await page.getByRole('menuitem', { name: 'All values' }).press('Enter');
    await parallel.getByText('12 of 12 runs ·').waitFor();
  });

  it('moves axes by keyboard and by dragging, and remembers their order', async () => {
    const page = await open(searched(12));
    const parallel = await add('Parallel coordinates');
    await parallel
      .getByRole('button', { name: 'learning_rate', exact: true })
      .press('Alt+ArrowLeft');
    await announced(/^learning_rate is axis 1 of 5/);
    const order = ['learning_rate', 'dropout', 'optimizer', 'val/loss', 'val/acc'];
    await eventually('the order', axesKept, (keys) => keys?.join() === order.join());
    const from = await parallel
      .getByRole('button', { name: 'learning_rate', exact: true })
      .boundingBox();
    const to = await parallel.getByRole('button', { name: 'val/loss', exact: true }).boundingBox();
    assert.ok(from && to);
    await page.mouse.move(from.x + from.width / 2, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + 8, { steps: 5 });
    await page.mouse.up();
    const dragged = ['dropout', 'optimizer', 'val/loss', 'learning_rate', 'val/acc'];
    await eventually('the order', axesKept, (keys) => keys?.join() === dragged.join());
  });

  it('shows other fields when asked, logarithmic ones too', async () => {
    const page = await open(searched(12));
    const scatter = await add('Scatter');
    await scatter.getByRole('button', { name: 'dropout', exact: true }).click();
    await page.getByRole('combobox', { name: 'Field of X' }).fill('learn');
    await page.keyboard.press('Enter');
    const changed = page.getByRole('figure', { name: 'val/loss against learning_rate' });
    const log = changed.getByRole('button', { name: 'log X' });
    assert.equal(await log.getAttribute('aria-pressed'), 'true');
    await log.click();
    await changed.locator('[aria-label="log X"][aria-pressed="false"]').waitFor();
  });

  it('offers a table, drawings and a CSV file, and goes away', async () => {
    const page = await open(searched(12));
    const box = await add('Box plot');
    const choose = async (name: string): Promise<void> => {
      await box.getByRole('button', { name: /^Actions of/ }).click();
      await page.getByRole('menu').getByText(name, { exact: true }).click();
    };
    await choose('Table');
    assert.equal(await box.getByRole('table').count(), 2);
    await box.getByRole('row', { name: /^<img src=x/ }).waitFor();
    await choose('Save as CSV…');
    const csv = (await opened.untilSaid('save')) as { suggested: string; content: string };
    assert.equal(csv.suggested, 'val-loss by optimizer.csv');
    assert.match(csv.content, /^Run,Run ID,optimizer,val\/loss\ntry-0,0{32},\w+,nan\n/);
    await choose('Save as SVG…');
    const isSvg = (value: unknown): boolean => /svg$/.test((value as typeof csv).suggested);
    const drawing = (await opened.untilSaid('save', isSvg)) as typeof csv;
    const parsed = await page.evaluate((content) => {
      const file = new DOMParser().parseFromString(content, 'image/svg+xml');
      return [file.querySelector('parsererror'), file.querySelectorAll('path[data-run]').length];
    }, drawing.content);
    assert.deepEqual(parsed, [null, 11]);
    assert.doesNotMatch(drawing.content, /var\(|class=/);
    await choose('Copy as Markdown');
    const markdown = String(await opened.untilSaid('copy'));
    assert.match(markdown, /^\| Run \| optimizer \| val\/loss \|\n.*\n\| try-0 \| \w+ \| NaN \|\n/);
    await choose('Remove chart');
    await box.waitFor({ state: 'detached' });
  });

  it('saves a picture that shows what the page does, names of axes too', async () => {
    const page = await open(searched(12));
    const parallel = await add('Parallel coordinates');
    await parallel.getByRole('button', { name: /^Actions of/ }).click();
    await page.getByRole('menuitem', { name: 'Save as PNG…' }).click();
    const { content } = (await opened.untilSaid('save')) as { content: Uint8Array };
    assert.deepEqual([...content.slice(1, 4)], [...Buffer.from('PNG')]);
    await parallel.getByRole('button', { name: /^Actions of/ }).click();
    await page.getByRole('menuitem', { name: 'Save as SVG…' }).click();
    const isSvg = (value: unknown): boolean => /svg$/.test((value as Saved).suggested);
    const svg = ((await opened.untilSaid('save', isSvg)) as Saved).content;
    for (const name of ['learning_rate', 'dropout', 'val/acc']) assert.ok(svg.includes(name), name);
    assert.doesNotMatch(svg, /visibility="hidden"/);
  });

  it('fills the page until Escape', async () => {
    const page = await open(searched(12));
    const scatter = await add('Scatter');
    const width = async (): Promise<number> =>
      (await scatter.locator('.relation-plot > svg').boundingBox())?.width ?? 0;
    await scatter.getByRole('button', { name: /^Actions of/ }).click();
    await page.getByRole('menuitem', { name: 'Full screen' }).click();
    await eventually('a large drawing', width, (found) => found > 1200);
    await opened.screenshot('relation-full');
    await page.keyboard.press('Home');
    await announced(/dropout [\d.]+, val\/loss/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await eventually('a small drawing', width, (found) => found > 0 && found < 700);
    await eventually(
      'the focus on it',
      () => page.evaluate(() => document.activeElement?.className ?? ''),
      (className) => className.startsWith('relation-plot'),
    );
  });

  it('has nothing that axe would change', async () => {
    await open(searched(12));
    for (const kind of ['Parallel coordinates', 'Box plot']) await add(kind);
    const { page } = opened;
    for (const button of await page
      .getByRole('button', { name: /^Actions of .*(axis|by|:)/ })
      .all()) {
      await button.click();
      await page.getByRole('menuitemcheckbox', { name: 'Table' }).click();
    }
    assert.ok((await page.locator('.relation-table').count()) > 0);
    for (const theme of ['light', 'highContrast'] as const) {
      await opened.setTheme(theme);
      assert.deepEqual(await axeViolations(page), [], theme);
    }
  });
});
