import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { carrierFiles, carrierName, harmless } from '../support/carrierFiles';
import { ComparisonStore } from '../support/comparisonStore';
import { Canary, ExecutionWatch } from '../support/executionWatch';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { htmlCarriers } from '../support/scriptCarriers';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

/** Where a run's artifacts lie, as the database says. */
function artifactFolder(uri: string, runId: string): string {
  const db = new DatabaseSync(uri.replace('sqlite:///', ''), { readOnly: true });
  const row = db.prepare('SELECT artifact_uri FROM runs WHERE run_uuid = ?').get(runId);
  db.close();
  return String(row?.['artifact_uri']).replace(/^file:\/\//, '');
}

describe('a person who opens artifacts that are full of scripts', function () {
  this.timeout(90_000);

  let folder: string;
  let store: ComparisonStore;
  let canary: Canary;
  let browser: Browser;
  let bench: Workbench;
  let watch: ExecutionWatch;

  const log = async (): Promise<void> => {
    await store.fill();
    const artifacts = artifactFolder(store.uri, store.idOf('bold-cat'));
    await mkdir(artifacts, { recursive: true });
    for (const [name, text] of carrierFiles(canary.url))
      await writeFile(path.join(artifacts, name), text);
  };

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'carriers-'));
    canary = await Canary.start();
    store = await ComparisonStore.place('database');
    browser = await openBrowser();
    const opening = Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: {
        'mlflow.trackingUri': store.uri,
        'workbench.tree.expandMode': 'doubleClick',
        'workbench.hover.delay': 300,
      },
    });
    [bench] = await Promise.all([opening, log()]);
    watch = new ExecutionWatch(bench.page, canary);
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await store?.dispose();
    await canary?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  afterEach('nothing ran', async () => {
    assert.deepEqual([await watch.noticed(), canary.reached], [[], []]);
  });

  /** Opens a file by a click on its row, in the place of what was open. */
  const open = async (name: string): Promise<void> => {
    await bench.row(name).click();
    await bench.page.getByRole('tab', { name }).waitFor();
  };
  const text = (wanted: string): Locator => bench.shownPage.getByText(wanted).first();

  it('reads their names', async () => {
    await bench.openMlflow();
    // Its room goes to the rows of the files.
    await bench.view('Models').locator('.pane-header').click();
    await bench.expand('races');
    await bench.expand('bold-cat');
    await bench.expand('Artifacts');
    await bench.row('study.ipynb').waitFor();
    const hover = bench.page.locator('.workbench-hover').getByText(carrierName).first();
    // A view that is just being filled takes some hovers for none.
    await eventually(
      'the hover',
      async () => {
        await bench.row('study.ipynb').hover();
        await bench.row(carrierName).hover();
        return hover.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      },
      (isThere) => isThere,
    );
  });

  for (const name of ['all.svg', 'sheet.svg', 'entity.svg'])
    it(`sees the picture ${name}`, async () => {
      await open(name);
      const picture = bench.shownPage.locator('img');
      await eventually(
        'the picture',
        () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth).catch(() => 0),
        (width) => width === 40,
      );
    });

  it("reads Markdown in VS Code's preview, to its end", async () => {
    await open('notes.md');
    await bench.command('Markdown: Open Preview');
    await bench.shownPage.getByRole('heading', { name: harmless, level: 2 }).waitFor();
  });

  it('previews Markdown that would go elsewhere, and stays', async () => {
    await open('leaving.md');
    await bench.command('Markdown: Open Preview');
    const isRefused = (): boolean =>
      bench.page.frames().some((frame) => frame.url().startsWith('chrome-error:'));
    await eventually('the refusal', isRefused, (isSo) => isSo);
  });

  it('reads a notebook, its Markdown and what its cells gave', async () => {
    await open('study.ipynb');
    await bench.shownPage.getByRole('cell', { name: harmless }).waitFor();
    await bench.page.keyboard.press('ControlOrMeta+End');
    await bench.shownPage.getByRole('heading', { name: harmless }).waitFor();
  });

  it('reads a table', async () => {
    await open(`${carrierName}.csv`);
    const cells = bench.shownPage.getByRole('gridcell');
    await cells.getByText(harmless).waitFor();
    await cells.getByText('<img src=x onerror=').first().waitFor();
  });

  it('reads what a map says of its features', async () => {
    await open('places.geojson');
    const features = bench.shownPage.getByRole('grid', { name: 'Features' });
    await features.getByText(harmless).click();
    await bench.shownPage
      .getByRole('row', { name: /^<iframe srcdoc=/ })
      .first()
      .waitFor();
  });

  it('reads what a model is', async () => {
    await open('MLmodel');
    await text(harmless).waitFor();
    await text('<img src=x onerror=').waitFor();
  });

  it('reads a report', async () => {
    await open('report.html');
    const report = bench.shownPage.frameLocator('main > iframe');
    await report.getByRole('heading', { name: harmless }).waitFor();
  });

  it('has a report run its scripts, which reach neither the network nor the editor', async () => {
    const said: string[] = [];
    bench.page.on('console', (message) => said.push(message.text()));
    await open('reaching.html');
    await bench.shownPage.getByRole('button', { name: 'Run Scripts in This Report' }).click();
    // Nothing is looked up in frames until then: whatever a test does there counts as a person's doing.
    const line = await eventually(
      'what came of it',
      () => said.find((each) => each.startsWith('CAME ')),
      (found) => found !== undefined,
    );
    const came = JSON.parse(line?.slice(5) ?? '{}') as Record<string, string>;
    for (const what of ['parent', 'top', 'api', 'storage', 'cookie'])
      assert.equal(came[what], 'refused', what);
    assert.deepEqual([came['ownApi'], came['open']], ['undefined', 'null']);
    const report = bench.shownPage.frameLocator('main > iframe');
    await report.getByRole('heading', { name: 'drawn by a script' }).waitFor();
  });

  it('would be told of all that ran, as it does in a page without any of it', async () => {
    const page = await browser.newPage();
    const told = await Canary.start();
    const plain = new ExecutionWatch(page, told);
    const [script = '', image = ''] = [0, 7].map((at) => htmlCarriers(told.url)[at]);
    await page.setContent(`${script}${image}<iframe src="${told.url}/frame"></iframe>
      <script>alert(1);open('about:blank')</script>`);
    const wanted = ['canary', 'console', 'dialog', 'mark', 'navigation', 'response', 'window'];
    await eventually(
      'all kinds',
      () => plain.noticed(),
      (kinds) => kinds.join() === wanted.join(),
    );
    assert.ok(told.reached.includes('/fetch'));
    await page.context().close();
    await told.close();
  });
});
