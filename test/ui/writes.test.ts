import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { JourneyMlflow } from '../support/journeyMlflow';
import { Workbench, eventually } from '../support/workbench';

const settings = {
  'mlflow.refreshInterval': 0,
  'files.autoSave': 'off',
  'workbench.colorTheme': 'Default Dark Modern',
  // A click is to select a run, not to open it, and no hover is to cover the row below.
  'workbench.tree.expandMode': 'doubleClick',
  'workbench.hover.delay': 60_000,
};

describe('a person who changes experiments and runs', function () {
  this.timeout(90_000);

  let folder: string;
  let mlflow: JourneyMlflow;
  let lab: string;
  const ids = new Map<string, string>();
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'writes-'));
    mlflow = await JourneyMlflow.start();
    lab = await mlflow.createExperiment('lab');
    for (const name of ['ant', 'bee', 'cat', 'dog', 'eel', 'fox']) {
      const startTime = Date.now() - 3_600_000 + ids.size;
      const run = { experimentId: lab, name, status: 'FINISHED', startTime } as const;
      ids.set(name, await mlflow.logRun(run));
    }
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, { extensionDevelopmentPath: process.cwd() });
    await bench.setSettings({ ...settings, 'mlflow.trackingUri': mlflow.url });
    await bench.openMlflow();
    await bench.expand('lab');
    await bench.row('fox').waitFor();
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await mlflow?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await bench.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, '-')}`);
  });

  const names = async (): Promise<string> =>
    (await bench.texts()).map((text) => /^[a-zà-ÿ]+/i.exec(text)?.[0] ?? text).join(' ');
  const untilNames = (wanted: string): Promise<string> =>
    eventually(`rows ${wanted}`, names, (found) => found === wanted);
  const press = (key: string): Promise<void> => bench.page.keyboard.press(key);
  const untilFocus = (label: string): Promise<string> =>
    eventually(
      `the focus on ${label}`,
      () => bench.focusedRow(),
      (focused) => focused.startsWith(label),
    );
  /** What stands below the input. */
  const untilMessage = (message: RegExp): Promise<string> =>
    eventually(
      `the input to say ${String(message)}`,
      () => bench.inputMessage(),
      (text) => message.test(text),
    );
  const tagsOf = async (name: string): Promise<ReadonlyMap<string, string>> => {
    const query = new URLSearchParams({ run_id: ids.get(name) ?? '' });
    const reply = await fetch(`${mlflow.url}/api/2.0/mlflow/runs/get?${query}`);
    const { run } = (await reply.json()) as {
      run: { data: { tags: { key: string; value: string }[] } };
    };
    return new Map(run.data.tags.map(({ key, value }) => [key, value]));
  };
  /** A button of the message that says so, in the notification centre. */
  const button = async (message: RegExp, label: string): Promise<Locator> => {
    await eventually(
      `a message ${String(message)}`,
      () => bench.notifications(),
      (said) => said.some((text) => message.test(text)),
    );
    return bench.page
      .locator('.notifications-center .notification-list-item', { hasText: message })
      .locator('.monaco-button', { hasText: label })
      .first();
  };

  it('creates an experiment, which is then selected, and is told when the name is taken', async () => {
    await bench.command('MLflow: Create Experiment…');
    await bench.answer('lab');
    await untilMessage(/There is an experiment named lab already\. Choose another name/);
    assert.equal(await bench.input.inputValue(), 'lab');
    await bench.screenshot('create-experiment-taken');
    await bench.answer('wine');
    await bench.untilInputCloses();
    await untilFocus('wine');
    assert.match(await names(), /^wine lab fox/);
  });

  it('renames with F2: an experiment, then a run', async () => {
    await press('F2');
    assert.equal(await bench.input.inputValue(), 'wine');
    await bench.answer('');
    await untilMessage(/Enter a name/);
    await bench.answer('vine');
    await bench.untilInputCloses();
    await untilFocus('vine');
    await bench.row('fox').click();
    await press('F2');
    await bench.answer('vixen');
    await bench.untilInputCloses();
    await untilFocus('vixen');
    assert.equal((await tagsOf('fox')).get('mlflow.runName'), 'vixen');
  });

  it('deletes several runs with the Delete key, and takes it back with Undo', async () => {
    await bench.row('bee').click();
    await bench.row('dog').click({ modifiers: ['ControlOrMeta'] });
    await press('Delete');
    await untilNames('vine lab vixen eel cat ant Default');
    const undo = await button(/Deleted 2 runs\./, 'Undo');
    await bench.screenshot('deleted-runs-dark');
    await undo.click();
    await untilNames('vine lab vixen eel dog cat bee ant Default');
    await bench.clearNotifications();
  });

  it('deletes only the run with the focus when another is selected, and undoes it by keyboard', async () => {
    await bench.row('dog').click();
    await press('ArrowDown');
    await untilFocus('cat');
    await press('Delete');
    await untilNames('vine lab vixen eel dog bee ant Default');
    await bench.row('eel').click();
    await press('ControlOrMeta+z');
    await untilNames('vine lab vixen eel dog cat bee ant Default');
    await bench.clearNotifications();
  });

  it('sets a tag on several runs, with keys to choose from', async () => {
    await bench.row('ant').click();
    await bench.row('bee').click({ modifiers: ['ControlOrMeta'] });
    await bench.menu('ant', 'Set Tag');
    await bench.choice('mlflow.runName').waitFor();
    await bench.input.fill('bad+key');
    await bench.choice('bad+key').waitFor();
    await bench.screenshot('tag-key');
    await press('Enter');
    assert.ok(await bench.input.isVisible());
    await bench.answer('stage');
    await eventually(
      'the second step',
      () => bench.page.locator('.quick-input-title').textContent(),
      (title) => title === 'Set Tag stage on 2 runs',
    );
    await untilMessage(/Value of the tag/);
    await bench.answer('x'.repeat(8001));
    await untilMessage(/at most 8000 characters; this has 8001/);
    await bench.screenshot('tag-value-long');
    await bench.answer('final');
    await bench.untilInputCloses();
    for (const name of ['ant', 'bee'])
      await eventually(
        `the tag on ${name}`,
        () => tagsOf(name),
        (tags) => tags.get('stage') === 'final',
      );
    await bench.menu('ant', 'Set Tag');
    await bench.choice('stage').waitFor();
    await press('Escape');
    await bench.untilInputCloses();
  });

  it('restores a deleted run from among the deleted ones', async () => {
    await bench.row('eel').click();
    await bench.menu('eel', 'Delete Runs');
    await untilNames('vine lab vixen dog cat bee ant Default');
    await bench.command('MLflow: Show Deleted');
    await bench.expand('lab');
    await bench.row('eel').waitFor();
    await bench.view('Experiments').getByText('Deleted runs, and all experiments.').waitFor();
    await bench.screenshot('deleted-list');
    await bench.inlineAction('eel', 'Restore Runs');
    await bench.row('No deleted runs').waitFor();
    await bench.command('MLflow: Show Active');
    await bench.expand('lab');
    await bench.row('eel').waitFor();
    await bench.clearNotifications();
  });

  it('deletes an experiment and brings it back', async () => {
    await bench.row('vine').click();
    await press('Delete');
    await untilNames('lab vixen eel dog cat bee ant Default');
    const undo = await button(/Deleted experiment vine\. Runs go and come back/, 'Undo');
    await bench.screenshot('deleted-experiment');
    await undo.click();
    await untilNames('vine lab vixen eel dog cat bee ant Default');
    await bench.clearNotifications();
  });

  const editor = (): Locator => bench.page.locator('.editor-instance .monaco-editor').first();
  const type = async (text: string): Promise<void> => {
    await editor().click();
    await press('ControlOrMeta+a');
    await bench.page.keyboard.type(text);
  };

  it('edits a description in the Markdown editor', async () => {
    await bench.menu('ant', 'Edit Description');
    await bench.page.locator('.tab[aria-label^="ant.md"]').waitFor();
    await type('# Ants\n\nsmall');
    await press('ControlOrMeta+s');
    await eventually(
      'the tag',
      () => tagsOf('ant'),
      (tags) => tags.get('mlflow.note.content') === '# Ants\n\nsmall',
    );
    await bench.screenshot('note-dark');
  });

  it('loses nothing when somebody else changed the description meanwhile', async () => {
    await type('mine');
    await mlflow.call('runs/set-tag', {
      run_id: ids.get('ant'),
      key: 'mlflow.note.content',
      value: 'hers',
    });
    await press('ControlOrMeta+s');
    await button(/ant\.md.*content of the file is newer/, 'Overwrite');
    assert.equal((await tagsOf('ant')).get('mlflow.note.content'), 'hers');
    await bench.screenshot('note-conflict');
    await (await button(/content of the file is newer/, 'Compare')).click();
    const lines = bench.page.locator('.monaco-diff-editor .view-line');
    await lines.getByText('hers').waitFor();
    await lines.getByText('mine').waitFor();
    await bench.clearNotifications();
    await bench.screenshot('note-compare');
    await bench.page.getByRole('button', { name: 'Use your changes' }).click();
    await eventually(
      'what was written to win',
      () => tagsOf('ant'),
      (tags) => tags.get('mlflow.note.content') === 'mine',
    );
  });
});
