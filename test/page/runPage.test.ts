import assert from 'node:assert/strict';
import type { RunInit } from '../../src/protocol/runPage';
import { seriesOf } from './chartSeries';
import { fixtureTime } from './fixtures';
import { details, runInit, RunPageUnderTest, wholeRun } from './runPage';
import type { RunPageOptions } from './runPage';
import { sharedBrowser } from './sharedBrowser';

describe('the page of a run', () => {
  let opened: RunPageUnderTest;

  const open = async (init: RunInit, more: Omit<RunPageOptions, 'init'> = {}): Promise<void> => {
    opened = await RunPageUnderTest.open(await sharedBrowser(), { init, ...more });
    await opened.page.getByRole('heading', { name: 'Parameters' }).waitFor();
  };

  afterEach(() => opened.close());

  it('has what is known of the run, each under its heading', async () => {
    await open(wholeRun());
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: 'bold-cat' }).waitFor();
    for (const name of ['Parameters', 'Metrics', 'Tags', 'Charts', 'Artifacts'])
      await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    const parameters = page.getByRole('grid', { name: 'Parameters' });
    const row = parameters.getByRole('row', { name: 'text' });
    assert.equal(await row.getByRole('gridcell').textContent(), 'a ⏎ b');
    const started = page.locator('time').first();
    assert.match((await started.getAttribute('title')) ?? '', /May 17, 2024/);
    await page.getByText('1h 0m').waitFor();
  });

  it('shows least and greatest values of the rows that are seen, and says which are of samples', async () => {
    await open(wholeRun(), {
      answers: {
        extremes: ({ metrics }) =>
          Promise.resolve({
            min: Float64Array.from(metrics, () => 0.125),
            max: Float64Array.from(metrics, (key) => (key === 'val/loss' ? NaN : 0.5)),
            exact: Uint8Array.from(metrics, (key) => Number(key !== 'train/loss')),
          }),
      },
    });
    const grid = opened.page.getByRole('grid', { name: 'Metrics', exact: true });
    const cells = grid.getByRole('row', { name: 'train/loss' }).getByRole('gridcell');
    await cells.nth(2).getByText('0.125').waitFor();
    await cells.nth(3).getByRole('img', { name: 'sampled' }).waitFor();
    const other = grid.getByRole('row', { name: 'val/loss' }).getByRole('gridcell');
    assert.match((await other.nth(0).textContent()) ?? '', /^NaN/);
    await other.nth(3).getByRole('img', { name: 'None' }).waitFor();
    // The machine's metrics are folded, so that nobody has looked at them.
    assert.deepEqual(opened.saidOf('extremes'), [{ metrics: ['train/loss', 'val/loss'] }]);
  });

  it('keeps what was typed when a tag is refused, and takes it once it is saved', async () => {
    let isRefused = true;
    await open(wholeRun(), {
      answers: {
        setTag: () =>
          isRefused
            ? Promise.reject(new Error('The server refuses it.'))
            : Promise.resolve(undefined),
      },
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Add Tag…' }).click();
    const editor = page.getByRole('dialog', { name: 'Add Tag' });
    await editor.getByRole('textbox', { name: 'Key' }).fill('stage');
    await editor.getByRole('textbox', { name: 'Value' }).fill('two\nlines');
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.getByText('The server refuses it.').waitFor();
    assert.equal(await editor.getByRole('textbox', { name: 'Value' }).inputValue(), 'two\nlines');
    isRefused = false;
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'detached' });
    assert.deepEqual(opened.saidOf('setTag').at(-1), { key: 'stage', value: 'two\nlines' });
  });

  it('changes and removes a tag from its row by keyboard', async () => {
    await open(wholeRun());
    const { page } = opened;
    await page.getByRole('grid', { name: 'Tags' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const editor = page.getByRole('dialog', { name: 'Tag team' });
    const value = editor.getByRole('textbox', { name: 'Value' });
    assert.equal(await value.inputValue(), 'vision');
    await value.fill('speech');
    await page.keyboard.press('ControlOrMeta+Enter');
    await editor.waitFor({ state: 'detached' });
    assert.deepEqual(opened.saidOf('setTag'), [{ key: 'team', value: 'speech' }]);
    await page.keyboard.press('Enter');
    await editor.getByRole('button', { name: 'Remove' }).click();
    await editor.waitFor({ state: 'detached' });
    assert.equal((opened.saidOf('setTag').at(-1) as { value?: unknown }).value, undefined);
  });

  it('says why nothing can be changed, and offers what mends it', async () => {
    const readOnly = 'The run is deleted. Restore it to change it.';
    await open({ ...wholeRun({ deleted: true }), readOnly });
    const { page } = opened;
    await page.getByText(readOnly).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add Tag…' }).count(), 0);
    await page.getByRole('button', { name: 'Restore' }).click();
    await opened.untilSaid('restoreRun');
  });

  it('says that the run is gone or could not be read, and tries again', async () => {
    await open(runInit({ standing: 'failed', problem: 'The server is away.' }));
    const { page } = opened;
    await page.getByText('run 0 could not be read. The server is away.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await opened.untilSaid('retry');
    const { run, metricKeys } = runInit({ standing: 'gone' });
    const event = { run, metricKeys, details: undefined, readAt: fixtureTime, readOnly: 'Gone.' };
    opened.emit('run', event);
    await page.getByText('The server has no run run 0.').waitFor();
  });

  it('follows a run in progress without moving what is looked at', async () => {
    await open(wholeRun({ status: 'RUNNING' }));
    const { page } = opened;
    const next = wholeRun({ status: 'FINISHED', metrics: { 'train/loss': [0.1, 300] } });
    const filter = page.getByRole('switch', { name: 'live' });
    await filter.waitFor();
    const { run, metricKeys, details: known, readOnly } = next;
    opened.emit('run', { run, metricKeys, details: known, readAt: fixtureTime, readOnly });
    const loss = page
      .getByRole('grid', { name: 'Metrics' })
      .getByRole('row', { name: 'train/loss' });
    await loss.getByText('300').waitFor();
    assert.equal(await filter.count(), 0);
  });

  it('opens what it links to, compares its commit, and copies the code that loads its model', async () => {
    await open(wholeRun());
    const { page } = opened;
    await page.getByRole('link', { name: 'train.py' }).click();
    await page.getByRole('link', { name: 'fold-1' }).click();
    await page.getByRole('link', { name: 'wine, version 3' }).click();
    assert.deepEqual(opened.saidOf('open'), ['file train', 'run c', 'version w']);
    await page.getByRole('button', { name: '0123456789' }).click();
    await page.getByRole('menuitem', { name: 'Compare With Files Here' }).click();
    assert.equal(await opened.untilSaid('commit'), 'diff');
    await page.getByRole('button', { name: 'Copy the code' }).click();
    assert.match(String(await opened.untilSaid('copy')), /load_model\("models:\/m-1"\)/);
    await page.getByRole('button', { name: 'Register Model…' }).click();
    await page.getByRole('button', { name: 'Promote to Production' }).click();
    await opened.untilSaid('model', (value) => value === 'promote');
    assert.deepEqual(opened.saidOf('model'), ['register', 'promote']);
  });

  it('reads a folder of artifacts when it is opened, opens files, and offers more to do with them', async () => {
    const files: Readonly<Record<string, readonly string[]>> = {
      '': ['model/', 'log.txt'],
      model: ['model/MLmodel'],
    };
    await open(wholeRun(), {
      height: 1600,
      answers: {
        artifacts: (path) =>
          Promise.resolve(
            (files[path] ?? []).map((name) => ({
              path: name.replace(/\/$/, ''),
              name: name.replace(/\/$/, '').replace(/^.*\//, ''),
              isDirectory: name.endsWith('/'),
              isModel: false,
              size: name.endsWith('/') ? undefined : 1536,
            })),
          ),
      },
    });
    const { page } = opened;
    const grid = page.getByRole('grid', { name: 'Artifacts' });
    await grid.getByText('log.txt').waitFor();
    assert.deepEqual(opened.saidOf('artifacts'), ['']);
    await grid.getByText('model', { exact: true }).click();
    await grid.getByText('MLmodel').click();
    const file = { path: 'model/MLmodel', isDirectory: false, size: 1536 };
    assert.deepEqual(await opened.untilSaid('artifact'), { does: 'open', ...file });
    const row = grid.getByRole('row').filter({ hasText: 'MLmodel' });
    await row.hover();
    await row.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Copy URI for MLflow' }).click();
    await row.getByRole('button', { name: 'Download…' }).click();
    assert.deepEqual(
      opened.saidOf('artifact').map((said) => (said as { does: string }).does),
      ['open', 'copyUri', 'download'],
    );
    await grid.getByText('1.5 KB').first().waitFor();
  });

  it('shows models that the run logged before its files, and opens the files of these', async () => {
    const size = undefined;
    await open(wholeRun(), {
      height: 1600,
      answers: {
        artifacts: (path) =>
          Promise.resolve(
            path === ''
              ? [
                  { path: 'a.txt', name: 'a.txt', isDirectory: false, isModel: false, size },
                  { path: '/m-1', name: 'tree', isDirectory: true, isModel: true, size },
                ]
              : [
                  {
                    path: `${path}/MLmodel`,
                    name: 'MLmodel',
                    isDirectory: false,
                    isModel: false,
                    size,
                  },
                ],
          ),
      },
    });
    const grid = opened.page.getByRole('grid', { name: 'Artifacts' });
    const register = opened.page.getByRole('menuitem', { name: 'Register Model…' });
    const openMenu = async (name: string): Promise<void> => {
      const row = grid.getByRole('row').filter({ hasText: name });
      await row.hover();
      await row.getByRole('button', { name: 'More actions' }).click();
    };
    await openMenu('a.txt');
    await opened.page.getByRole('menuitem', { name: 'Copy Path' }).waitFor();
    assert.equal(await register.count(), 0);
    await opened.page.keyboard.press('Escape');
    await openMenu('tree');
    await register.click();
    const said = (await opened.untilSaid('artifact')) as { does: string; path: string };
    assert.deepEqual([said.does, said.path], ['register', '/m-1']);
    await grid.getByText('tree', { exact: true }).click();
    await grid.getByText('MLmodel').click();
    await opened.untilSaid(
      'artifact',
      (value) => (value as { path: string }).path === '/m-1/MLmodel',
    );
    const names = await grid.locator('.artifact-name').allTextContents();
    assert.deepEqual(names, ['tree', 'MLmodel', 'a.txt']);
  });

  it('reads artifacts again when a folder is opened again and when the run ends', async () => {
    let files = ['model'];
    const folder = (path: string) => ({
      ...{ path, name: path, isDirectory: true, isModel: false, size: undefined },
    });
    const file = (name: string) => ({
      ...{ path: `model/${name}`, name, isDirectory: false, isModel: false, size: 1 },
    });
    await open(wholeRun({ status: 'RUNNING' }), {
      height: 1600,
      answers: {
        artifacts: (path) =>
          Promise.resolve(path === '' ? files.map(folder) : files.slice(1).map(file)),
      },
    });
    const { page } = opened;
    const grid = page.getByRole('grid', { name: 'Artifacts' });
    const model = grid.getByText('model', { exact: true });
    await model.click();
    await grid.getByText('empty').waitFor();
    files = ['model', 'early'];
    await model.click();
    await model.click();
    await grid.getByText('early').click();
    assert.equal(((await opened.untilSaid('artifact')) as { path: string }).path, 'model/early');
    files = ['model', 'late'];
    const { run, metricKeys, details: known, readOnly } = wholeRun({ status: 'FINISHED' });
    opened.emit('run', { run, metricKeys, details: known, readAt: fixtureTime, readOnly });
    await grid.getByText('late').nth(1).waitFor();
  });

  it('says that least and greatest values could not be read, and reads them once that is asked for', async () => {
    let isAway = true;
    const values = { min: Float64Array.of(0.125, 0), max: Float64Array.of(0.5, 1) };
    await open(wholeRun(), {
      answers: {
        extremes: () =>
          isAway
            ? Promise.reject(new Error('The server is away.'))
            : Promise.resolve({ ...values, exact: Uint8Array.of(1, 1) }),
      },
    });
    const { page } = opened;
    const banner = page.getByText('values could not be read. The server is away.');
    await banner.waitFor();
    isAway = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('grid', { name: 'Metrics', exact: true }).getByText('0.125').waitFor();
    await banner.waitFor({ state: 'detached' });
  });

  it('says that a tag was not saved even where its editor is closed meanwhile', async () => {
    let refuse = (): void => undefined;
    await open(wholeRun(), {
      answers: {
        setTag: () =>
          new Promise((_, reject) => {
            refuse = () => reject(new Error('The server refuses it.'));
          }),
      },
    });
    const { page } = opened;
    await page.getByRole('button', { name: 'Add Tag…' }).click();
    const editor = page.getByRole('dialog', { name: 'Add Tag' });
    await editor.getByRole('textbox', { name: 'Key' }).fill('stage');
    await editor.getByRole('button', { name: 'Save' }).click();
    await opened.untilSaid('setTag');
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'detached' });
    refuse();
    await page
      .getByRole('status')
      .getByText('The server refuses it.')
      .waitFor({ state: 'attached' });
  });

  it('has its sections folded, searches and folders as before when it is shown again', async () => {
    await open(wholeRun({ params: Object.fromEntries(many(20, (at) => [`key${at}`, 'v'])) }));
    const { page } = opened;
    await page.getByRole('searchbox', { name: 'Filter Parameters' }).fill('key1');
    await page.getByRole('button', { name: 'Datasets' }).click();
    await page.getByText('11 of 20').waitFor();
    await opened.untilSaid('layout');
    const init = wholeRun({ params: Object.fromEntries(many(20, (at) => [`key${at}`, 'v'])) });
    await opened.reload({ init });
    await page.getByText('11 of 20').waitFor();
    assert.equal(
      await page.getByRole('button', { name: 'Datasets' }).getAttribute('aria-expanded'),
      'false',
    );
  });

  it('holds 5,000 metrics by making those that are seen', async () => {
    const metrics = Object.fromEntries(many(5000, (at) => [`metric ${at}`, at / 7]));
    await open(runInit({ metrics }, { details: details() }), {
      answers: { series: () => Promise.resolve(seriesOf([1, 2, 3])) },
    });
    const { page } = opened;
    await page
      .getByRole('grid', { name: 'Metrics' })
      .getByText('metric 0', { exact: true })
      .waitFor();
    await page.getByRole('searchbox', { name: 'Filter Metrics' }).fill('4999');
    await page.getByRole('grid', { name: 'Metrics' }).getByText('metric 4999').waitFor();
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(nodes < 3000, `${nodes} elements`);
    const asked = opened.saidOf('extremes') as { metrics: readonly string[] }[];
    assert.ok(asked.flatMap(({ metrics: some }) => some).length <= 80);
  });

  it('has one column where it is narrow', async () => {
    await open(wholeRun(), { width: 360, height: 700 });
    const [wide, room] = await opened.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth] as const;
    });
    assert.ok(wide <= room + 1, `${wide} > ${room}`);
    await opened.screenshot('run-narrow', true);
  });
});

function many<T>(count: number, make: (at: number) => readonly [string, T]) {
  return Array.from({ length: count }, (_, at) => make(at));
}
