import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { type Landmarks, fillForJourneys } from '../support/journeyData';
import { JourneyMlflow } from '../support/journeyMlflow';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually, staysSo } from '../support/eventually';
import { Workbench } from '../support/workbench';
import { themeJourneys } from './themeJourneys';

describe('a person at the workbench', function () {
  this.timeout(60_000);

  let folder: string;
  let mlflow: JourneyMlflow;
  let landmarks: Landmarks;
  let browser: Browser;
  let bench: Workbench;

  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(path.join(tmpdir(), 'journey-'));
    mlflow = await JourneyMlflow.start();
    browser = await openBrowser();
    [bench, landmarks] = await Promise.all([
      Workbench.open(browser, folder, { extensionDevelopmentPath: process.cwd() }),
      fillForJourneys(mlflow),
    ]);
    await bench.setSettings({ 'mlflow.pageSize': 10, 'mlflow.refreshInterval': 1 });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await mlflow?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  pictureOfFailure(() => bench);

  const collapseAll = async (): Promise<void> => {
    await bench.view('Experiments').locator('.pane-header').hover();
    await bench.view('Experiments').locator('.action-label[aria-label^="Collapse All"]').click();
    await bench.untilRows('only experiments', (texts) => texts.length === 4);
  };

  it('starts with nothing to connect to, names a server and sees its experiments', async () => {
    await bench.openMlflow();
    const welcome = bench.view('Experiments').locator('.welcome-view-content');
    await welcome.getByText('No tracking server is named').waitFor();
    await welcome.getByRole('button', { name: 'Set Tracking URI…' }).click();
    await bench.answer(mlflow.url);
    const rows = await bench.untilRows('experiments', (texts) => texts.length > 0);
    assert.deepEqual(rows, ['lab', 'families', 'many', 'Default']);
  });

  it('expands nested runs at any depth', async () => {
    await bench.expand('families');
    await bench.expand('search');
    await bench.expand('trial-1');
    await bench.row('trial-1/fold-b').waitFor();
    await bench.expand('trial-1/fold-b');
    await bench.row('Parameters').waitFor();
    await collapseAll();
  });

  it('sees a running run change while selection, expansion and scroll stay', async () => {
    await bench.expand('lab');
    await bench.expand('lab-03');
    await bench.expand('Metrics');
    await bench.row('anomaly cnt').click();
    const before = await bench.texts();
    assert.ok(
      before.some((text) => /^live.*rmse 9/.test(text)),
      before.join('\n'),
    );
    const scroll = await bench.scrollTop();
    await mlflow.logMetrics(landmarks.live, { rmse: 0.125 });
    const after = await bench.untilRows('the new value', (texts) =>
      texts.some((text) => /^live.*rmse 0\.125/.test(text)),
    );
    assert.equal(after.length, before.length);
    assert.match(await bench.focusedRow(), /^anomaly cnt/);
    assert.equal(await bench.scrollTop(), scroll);
  });

  it('costs the server nothing while the view is hidden', async () => {
    await bench.page.locator('.activitybar a[aria-label^="Explorer"]').click();
    await bench.view('Experiments').waitFor({ state: 'hidden' });
    let count = mlflow.requests.length;
    await eventually(
      'the last request to be over',
      () => [count, (count = mlflow.requests.length)],
      ([before, after]) => before === after,
    );
    await staysSo('no request while hidden', 2_500, () => mlflow.requests.length === count);
    await bench.openMlflow();
    await eventually(
      'requests once it is seen again',
      () => mlflow.requests.length,
      (now) => now > count,
    );
    await collapseAll();
  });

  it('filters: the refusal stands at the input, which stays open until the filter is right', async () => {
    await bench.expand('lab');
    await bench.inlineAction('lab', 'Filter Runs');
    await bench.answer('metrics.rmse <');
    const refusal = await eventually(
      'the refusal',
      () => bench.inputMessage(),
      (text) => /invalid/i.test(text),
    );
    assert.match(refusal, /Invalid clause.*metrics\.rmse/);
    assert.ok(await bench.input.isVisible());
    await bench.answer("metrics.rmse < 0.35 AND params.optimizer = 'adam'");
    await bench.untilInputCloses();
    const rows = await bench.untilRows(
      'the filtered runs',
      (texts) => !texts.join().includes('live'),
    );
    assert.match(rows[0] ?? '', /^labfilter: metrics\.rmse < 0\.35/);
    assert.deepEqual(
      rows.slice(1, 3).map((text) => text.slice(0, 6)),
      ['lab-04', 'lab-02'],
    );
  });

  it('filters by plain text, which the name contains, and clears the filter', async () => {
    await bench.inlineAction('lab', 'Filter Runs');
    await bench.answer('b-03');
    await bench.untilInputCloses();
    const rows = await bench.untilRows('one run', (texts) => texts.length === 5);
    assert.match(rows[1] ?? '', /^lab-03/);
    await bench.inlineAction('lab', 'Clear Run Filter');
    await bench.untilRows('all runs', (texts) => texts.join().includes('live'));
  });

  it('keeps families together under a filter', async () => {
    await bench.inlineAction('families', 'Filter Runs');
    await bench.answer('trial-0/fold-b');
    await bench.untilInputCloses();
    await bench.expand('families');
    const rows = await bench.untilRows('the family', (texts) =>
      texts.some((text) => text.startsWith('trial-0/fold-b')),
    );
    const at = rows.findIndex((text) => text.startsWith('search'));
    assert.match(rows[at] ?? '', /not in the selection/);
    assert.match(rows[at + 1] ?? '', /^trial-0.*not in the selection/);
    assert.match(rows[at + 2] ?? '', /^trial-0\/fold-b(?!.*not in)/);
    assert.ok(!rows.some((text) => text.startsWith('trial-1')));
    await bench.inlineAction('families', 'Clear Run Filter');
    await bench.untilRows('the other trial', (texts) => texts.join().includes('trial-1'));
    await collapseAll();
  });

  it('sorts by a metric', async () => {
    await bench.expand('lab');
    await bench.inlineAction('lab', 'Sort Runs');
    await bench.choose('anomaly cnt');
    await bench.choose('Descending');
    const rows = await bench.untilRows('the order', (texts) => /^lab-04/.test(texts[1] ?? ''));
    assert.deepEqual(
      rows.slice(1, 6).map((text) => text.slice(0, 6)),
      ['lab-04', 'lab-03', 'lab-02', 'lab-01', 'lab-00'],
    );
    assert.match(rows[1] ?? '', /anomaly cnt 4/);
    await bench.inlineAction('lab', 'Sort Runs');
    await bench.choose('Start time');
    await bench.choose('Descending');
    await bench.untilRows('the order', (texts) => /^live/.test(texts[1] ?? ''));
  });

  it('shows only what was created within a day', async () => {
    await bench.row('ancient').waitFor();
    await bench.menu('lab', 'Filter Runs by Creation Time');
    await bench.choose('Last 24 hours');
    await bench.untilRows('no old run', (texts) => !texts.join().includes('ancient'));
    await bench.row('lab-00').waitFor();
    await bench.inlineAction('lab', 'Clear Run Filter');
    await bench.row('ancient').waitFor();
    await collapseAll();
  });

  it('loads more and stands on the first new row', async () => {
    await bench.expand('many');
    await bench.row('Load More').click();
    await eventually(
      'the focus on the first new row',
      () => bench.focusedRow(),
      (label) => label.startsWith('many-14'),
    );
  });

  it('opens a run by its id although its page has not been read', async () => {
    await bench.command('MLflow: Open Run from URL or ID…');
    await bench.answer(landmarks.first);
    await bench.untilRunIsOpen('many-00');
  });

  it('opens a run by its address', async () => {
    await collapseAll();
    await bench.command('MLflow: Open Run from URL or ID…');
    const { lab, live } = landmarks;
    await bench.answer(`${mlflow.url}/#/experiments/${lab}/runs/${live}`);
    await bench.untilRunIsOpen('live');
  });

  it('is told that there is no such run', async () => {
    const id = '0123456789abcdef'.repeat(2);
    await bench.command('MLflow: Open Run from URL or ID…');
    await bench.answer(id);
    const said = await eventually(
      'a message',
      () => bench.notifications(),
      (messages) => messages.length > 0,
    );
    assert.match(said.join(), new RegExp(`Run ${id} does not exist on this tracking server`));
    await bench.clearNotifications();
  });

  it('sees the versions of a model with stage and aliases, and goes to the source run', async () => {
    await bench.expandView('Models');
    await bench.expand('CarSeat', 'Models');
    const rows = await bench.untilRows('versions', (texts) => texts.length > 1, 'Models');
    assert.deepEqual(rows, [
      'CarSeat@champion · in production: 3',
      'Version 4Archived',
      'Version 3Production @champion',
      'Version 2Staging',
      'Version 1',
    ]);
    await bench.inlineAction('Version 3', 'Go to Source Run', 'Models');
    await eventually(
      'the focus on the run',
      () => bench.focusedRow(),
      (label) => label.startsWith('many-00'),
    );
  });

  it('sees deleted runs, and comes back', async () => {
    await bench.command('MLflow: Show Deleted');
    await bench.expand('lab');
    await bench.row('gone').waitFor();
    assert.ok(!(await bench.texts()).some((text) => text.startsWith('live')));
    await bench.command('MLflow: Show Active');
    await bench.expand('lab');
    await bench.row('live').waitFor();
    await collapseAll();
  });

  it('pins an experiment, which then stands first', async () => {
    await bench.menu('many', 'Pin Experiment');
    await bench.untilRows('it first', (texts) => texts[0] === 'many');
    await bench.inlineAction('many', 'Unpin Experiment');
    await bench.untilRows('it third', (texts) => texts[2] === 'many');
  });

  it('searches experiments while typing, and clears the search', async () => {
    await bench.command('MLflow: Search Experiments…');
    await bench.input.fill('fam');
    await bench.untilRows('one experiment', (texts) => texts.length === 1);
    assert.deepEqual(await bench.texts(), ['families']);
    await bench.input.press('Enter');
    await bench.untilInputCloses();
    await bench.command('MLflow: Clear Experiment Search');
    await bench.untilRows('all experiments', (texts) => texts.length === 4);
  });

  it('copies ids', async () => {
    await bench.menu('lab', 'Copy Experiment ID');
    await eventually(
      'the id of the experiment',
      () => bench.clipboard(),
      (text) => text === landmarks.lab,
    );
    await bench.expand('lab');
    await bench.menu('live', 'Copy Run ID');
    await eventually(
      'the id of the run',
      () => bench.clipboard(),
      (text) => text === landmarks.live,
    );
    await bench.menu('Version 3', 'Copy Model URI', 'Models');
    await eventually(
      'the address of the version',
      () => bench.clipboard(),
      (text) => text === 'models:/CarSeat/3',
    );
  });

  /** The address of the page that `open` opens. */
  const opened = async (open: () => Promise<unknown>): Promise<string> => {
    const [page] = await Promise.all([bench.page.context().waitForEvent('page'), open()]);
    await page.close();
    return page.url();
  };

  it('opens a run in MLflow’s own web pages', async () => {
    const url = await opened(() => bench.inlineAction('live', 'Open in MLflow UI'));
    // The editor may lead the port through itself; what follows is the page’s own address.
    assert.match(url, new RegExp(`/#/experiments/${landmarks.lab}/runs/${landmarks.live}$`));
  });

  it('opens a model there whose name holds blanks and Korean', async () => {
    await mlflow.call('registered-models/create', { name: '자동차 좌석' });
    await bench.command('MLflow: Refresh');
    const url = await opened(() => bench.menu('자동차 좌석', 'Open in MLflow UI', 'Models'));
    assert.equal(new URL(url).hash, `#/models/${encodeURIComponent('자동차 좌석')}`);
  });

  it('keeps what it saw when the server goes away, and Retry reads on when it is back', async () => {
    const before = await bench.texts();
    await mlflow.goDown();
    await bench.command('MLflow: Refresh');
    const during = await bench.untilRows('the error', (texts) =>
      texts.some((text) => text.startsWith('Nothing answers at')),
    );
    assert.match(during.join(), /The rows shown are from/);
    for (const name of ['lab', 'families', 'live', 'lab-04'])
      assert.ok(
        during.some((text) => text.startsWith(name)),
        `${name} is gone`,
      );
    await mlflow.comeBack();
    await bench.inlineAction('Nothing answers at', 'Retry');
    await bench.untilRows('no error', (texts) => !texts.join().includes('Nothing answers'));
    assert.equal((await bench.texts()).length, before.length);
    await collapseAll();
  });

  it('gets about by the keyboard alone', async () => {
    const { keyboard } = bench.page;
    await bench.command('MLflow: Focus on Experiments View');
    await keyboard.press('Home');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await eventually(
      'many',
      () => bench.focusedRow(),
      (label) => label.startsWith('many'),
    );
    await keyboard.press('ArrowRight');
    await bench.row('many-24').waitFor();
    await bench.row('Load More').waitFor();
    for (let step = 0; step < 40 && !(await bench.focusedRow()).startsWith('Load More'); step++)
      await keyboard.press('ArrowDown');
    const loaded = await bench.focusedRow();
    await keyboard.press('Enter');
    await eventually(
      'the focus on a new run',
      () => bench.focusedRow(),
      (label) => label.startsWith('many-') && label !== loaded,
    );
    await collapseAll();
  });

  it('retries by Enter on the row of an error', async () => {
    await mlflow.goDown();
    await bench.command('MLflow: Refresh');
    await bench.row('Nothing answers at').waitFor();
    await mlflow.comeBack();
    await bench.command('MLflow: Focus on Experiments View');
    await bench.page.keyboard.press('Home');
    await eventually(
      'the focus on the error',
      () => bench.focusedRow(),
      (label) => label.startsWith('Nothing answers'),
    );
    await bench.page.keyboard.press('Enter');
    await bench.untilRows('only experiments', (texts) => texts.length === 4 && texts[0] === 'lab');
  });

  themeJourneys(() => bench);

  it('is told that a tracking URI is not spoken yet, in the view', async () => {
    await bench.command('MLflow: Set Tracking URI…');
    await bench.input.waitFor();
    await bench.input.fill('databricks');
    const message = await eventually(
      'the sentence at the input',
      () => bench.inputMessage(),
      (text) => /not supported yet/.test(text),
    );
    assert.match(message, /Use the http\(s\) address of a tracking server/);
    await bench.input.press('Escape');
    await bench.untilInputCloses();
  });
});
