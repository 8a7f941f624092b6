import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { ComparisonStore } from '../support/comparisonStore';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

const settings = {
  'mlflow.refreshInterval': 1,
  // A click is to select a run, not to open it, and no hover is to cover the row below.
  'workbench.tree.expandMode': 'doubleClick',
  'workbench.hover.delay': 60_000,
};
const compared = ['bold-cat', 'amusing-ox', 'calm-elk'] as const;

for (const [kind, name] of [
  ['demo', 'a server of MLflow 3.17'],
  ['mlflow2', 'a server of MLflow 2.22'],
  ['database', 'a database'],
] as const) {
  describe(`a person who compares runs of ${name}`, function () {
    this.timeout(120_000);

    let folder: string;
    let store: ComparisonStore;
    let browser: Browser;
    let bench: Workbench;

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'compare-'));
      store = await ComparisonStore.place(kind);
      browser = await openBrowser();
      [bench] = await Promise.all([
        Workbench.open(browser, folder, {
          extensionDevelopmentPath: process.cwd(),
          settings: { ...settings, 'mlflow.trackingUri': store.uri },
        }),
        store.fill(),
      ]);
    });

    after(async () => {
      await bench?.close();
      await browser?.close();
      await store?.dispose();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    pictureOfFailure(() => bench);

    const page = (): FrameLocator => bench.shownPage;
    const chart = (metric: string): Locator =>
      page().getByRole('figure', { name: metric, exact: true });
    const untilChartSays = (metric: string, wanted: RegExp): Promise<unknown> =>
      eventually(
        `the chart of ${metric} to say ${String(wanted)}`,
        () => chart(metric).textContent(),
        (text) => wanted.test(text ?? ''),
      );
    it('sees exactly the selected runs, and first what differs', async () => {
      await bench.openMlflow();
      await bench.expand('races');
      await bench.row(compared[0]).click();
      for (const other of compared.slice(1))
        await bench.row(other).click({ modifiers: ['ControlOrMeta'] });
      await bench.menu(compared[2], 'Compare Selected Runs');
      await bench.page.getByRole('tab', { name: 'Compare: 3 runs' }).waitFor();
      for (const heading of ['Parameters', 'Metrics', 'Charts'])
        await page().getByRole('heading', { name: heading, exact: true }).waitFor();
      const onlyDifferences = page().getByRole('checkbox', { name: 'Only differences' }).first();
      assert.ok(await onlyDifferences.isChecked());
      const parameters = page().getByRole('grid', { name: 'Parameters' });
      await parameters.getByText('learning_rate').waitFor();
      const text = (await parameters.textContent()) ?? '';
      assert.match(text, /0\.1.*0\.01.*0\.001/);
      assert.match(text, /<i>0<\/i>/);
      assert.doesNotMatch(text, /epochs/);
      await onlyDifferences.click();
      await parameters.getByText('epochs').waitFor();
    });

    it('sees all points of the curves, and reads them off', async () => {
      await untilChartSays('train/loss', /600 of 600 points/);
      await untilChartSays('val/acc', /123 of 123 points · 3 NaN/);
      await untilChartSays('final', /3 runs, lowest 0\.5 \(bold-cat\), highest 2\.5 \(calm-elk\)/);
      const loss = chart('train/loss');
      await loss.scrollIntoViewIfNeeded();
      const canvas = loss.locator('canvas').first();
      const box = await canvas.boundingBox();
      assert.ok(box);
      await bench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await loss.locator('.tooltip-name', { hasText: 'bold-cat' }).waitFor();
      await bench.screenshot(`compare-${kind}`);
    });

    it('zooms by dragging and by keyboard, and back', async () => {
      const canvas = chart('train/loss').locator('canvas').first();
      const box = await canvas.boundingBox();
      assert.ok(box);
      const [left, right, y] = [box.x + box.width * 0.4, box.x + box.width * 0.6, box.y + 60];
      await bench.page.mouse.move(left, y);
      await bench.page.mouse.down();
      await bench.page.mouse.move(right, y, { steps: 5 });
      await bench.page.mouse.up();
      const showAll = chart('train/loss').getByRole('button', { name: 'Show all' });
      await showAll.waitFor();
      await bench.page.keyboard.press('0');
      await showAll.waitFor({ state: 'detached' });
      await page().getByRole('checkbox', { name: 'log y' }).click();
    });

    it('exports whole histories as CSV, point for point what the Python client reads', async () => {
      const file = path.join(folder, 'workspace', 'histories.csv');
      await page().getByRole('button', { name: 'Export' }).click();
      await page()
        .getByRole('menuitem', { name: 'Whole Histories of All Metrics as CSV…' })
        .click();
      await bench.saveAs(file);
      const text = await eventually(
        'the whole file',
        () => readFile(file, 'utf8').catch(() => ''),
        (read) => read.trimEnd().split('\n').length === 1 + 3 * (200 + 41 + 1),
      );
      const [header, ...rows] = text.trimEnd().split(/\r?\n/);
      assert.equal(header, 'Run,Run ID,metric,step,timestamp,value');
      const toKey = (cells: readonly (string | number)[]): string => cells.join(' ');
      const exported = rows.map((row) => {
        const [, runId = '', metric = '', step = '', timestamp = '', value = ''] = row.split(',');
        return toKey([runId, metric, step, timestamp, value === 'nan' ? 'nan' : Number(value)]);
      });
      const client = (await store.histories(...compared)).map(([id, metric, step, time, value]) =>
        toKey([id, metric, step, time, value === 'nan' ? 'nan' : Number(value)]),
      );
      assert.deepEqual(exported.sort(), client.sort());
    });

    if (kind === 'demo')
      it('finds the page again after a reload, as it was left', async () => {
        await bench.page.reload();
        await bench.page.getByRole('tab', { name: 'Compare: 3 runs' }).waitFor();
        await untilChartSays('train/loss', /600 of 600 points/);
        assert.ok(await page().getByRole('checkbox', { name: 'log y' }).isChecked());
        const differences = page().getByRole('checkbox', { name: 'Only differences' }).first();
        assert.equal(await differences.isChecked(), false);
      });

    // Servers are asked again and again; a database is watched.
    if (kind !== 'mlflow2')
      it('sees what a run in progress logs, without a refresh', async () => {
        await bench.expand('races');
        await bench.row('idle-hen').click();
        await bench.row('bold-cat').click({ modifiers: ['ControlOrMeta'] });
        await bench.menu('bold-cat', 'Compare Selected Runs');
        await bench.page.getByRole('tab', { name: 'Compare: 2 runs' }).waitFor();
        await untilChartSays('train/loss', /400 of 400 points/);
        await store.logMore('idle-hen');
        await untilChartSays('train/loss', /401 of 401 points/);
      });
  });
}
