import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { ComparisonStore } from '../support/comparisonStore';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { pythonWithTensorBoard } from '../support/pythonWithTensorBoard';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';
import { commandLines } from '../support/workbenchProcesses';

/** Every file below a folder by its path, with what it holds. */
const readAll = async (folder: string): Promise<Map<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    return [path.relative(folder, file), (await readFile(file)).toString('base64')] as const;
  });
  return new Map((await Promise.all(read)).sort());
};

for (const [kind, name] of [
  ['demo', 'a server of MLflow 3.17'],
  ['database', 'a database'],
] as const) {
  describe(`a person who looks at what runs of ${name} left behind`, function () {
    this.timeout(90_000);

    let folder: string;
    let store: ComparisonStore;
    let logged: string;
    let browser: Browser;
    let bench: Workbench;

    before(async function () {
      this.timeout(300_000);
      folder = await mkdtemp(path.join(tmpdir(), 'artifacts-'));
      store = await ComparisonStore.place(kind);
      browser = await openBrowser();
      const filled = store.fill().then(() => store.logFiles('bold-cat', 'amusing-ox'));
      const opening = Workbench.open(browser, folder, {
        extensionDevelopmentPath: process.cwd(),
        settings: {
          'mlflow.trackingUri': store.uri,
          'mlflow.interpreter': await pythonWithTensorBoard(folder),
          'workbench.tree.expandMode': 'doubleClick',
          'workbench.hover.delay': 60_000,
        },
      });
      [bench, logged] = await Promise.all([opening, filled]);
    });

    after(async () => {
      await bench?.close();
      await browser?.close();
      await store?.dispose();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    pictureOfFailure(() => bench);

    const page = (): FrameLocator => bench.shownPage;
    const tab = (title: string): Locator => bench.page.getByRole('tab', { name: title });

    it('unfolds the artifacts of a run', async () => {
      await bench.openMlflow();
      await bench.expand('races');
      await bench.expand('bold-cat');
      await bench.expand('Artifacts');
      await bench.untilRows('the files', (texts) =>
        texts.some((text) => /^predictions\.csv/.test(text)),
      );
      await bench.expand('plots');
      await bench.row('colour.png').waitFor();
      await bench.screenshot(`artifacts-${kind}`);
    });

    it('opens a picture and sees it', async () => {
      await bench.row('colour.png').click();
      await tab('colour.png').waitFor();
      const picture = page().locator('img');
      await eventually(
        'the picture',
        () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth).catch(() => 0),
        (width) => width === 60,
      );
    });

    it('opens a table and sorts it', async () => {
      await bench.row('predictions.csv').click();
      await tab('predictions.csv').waitFor();
      const grid = page().getByRole('grid').first();
      await eventually(
        'all rows',
        () => grid.getAttribute('aria-rowcount'),
        (count) => count === '101',
      );
      const header = grid.getByRole('columnheader', { name: 'score' }).first();
      await header.click();
      await eventually(
        'rising order',
        () => header.getAttribute('aria-sort'),
        (sort) => sort === 'ascending',
      );
      await eventually(
        'the lowest score on top',
        () => grid.getByRole('gridcell').allTextContents(),
        (cells) => cells.slice(0, 3).some((text) => text.trim() === '0'),
      );
      await bench.screenshot(`table-${kind}`);
    });

    it('compares a text with that of another run, in the diff editor', async () => {
      await bench.expand('config');
      await bench.menu('params.txt', 'Compare Artifact with…');
      await bench.choose('amusing-ox');
      await tab('params.txt: bold-cat ↔ amusing-ox').waitFor();
      const lines = (side: string): Promise<string> =>
        bench.page
          .locator(`.editor.${side} .view-lines`)
          .first()
          .innerText()
          .then((text) => text.replaceAll('\u00a0', ' '));
      await eventually(
        'one side',
        () => lines('original'),
        (text) => text.includes('learning_rate: 0.1'),
      );
      await eventually(
        'the other',
        () => lines('modified'),
        (text) => text.includes('learning_rate: 0.01'),
      );
    });

    it('downloads all of it, byte for byte', async () => {
      const target = path.join(folder, 'workspace');
      await bench.menu('Artifacts', 'Download…');
      await bench.chooseFolder(target);
      const runId = store.idOf('bold-cat');
      const wanted = await readAll(path.join(logged, runId));
      const arrived = await eventually(
        'every file',
        () => readAll(path.join(target, 'bold-cat')).catch(() => new Map<string, string>()),
        (files) =>
          files.size === wanted.size && [...files.keys()].every((file) => wanted.has(file)),
      );
      assert.deepEqual(arrived, wanted);
    });

    if (kind === 'database') {
      it('shows event files in TensorBoard, of which nothing is left with its terminal', async () => {
        await bench.menu('tb', 'Open in TensorBoard');
        const isTensorBoard = /tensorboard\.main --logdir (\S+)\/logs .* --port (\d+)/;
        const [, copy = '', port = ''] = await eventually(
          'TensorBoard',
          async () => isTensorBoard.exec((await commandLines()).join('\n')),
          (found) => found !== null,
        ).then((found) => found ?? []);
        const tags = await eventually(
          'its answer',
          () =>
            fetch(`http://127.0.0.1:${port}/data/plugin/scalars/tags`)
              .then((reply) => reply.text())
              .catch(() => ''),
          (text) => text.includes('loss'),
        );
        assert.match(tags, /"loss"/);
        await bench.screenshot('tensorboard');
        await bench.command('Terminal: Kill the Active Terminal Instance');
        await eventually(
          'its end',
          commandLines,
          (lines) => !lines.some((line) => isTensorBoard.test(line)),
        );
        await eventually(
          'the copy gone',
          () => existsSync(copy),
          (isThere) => !isThere,
        );
      });
    }
  });
}
