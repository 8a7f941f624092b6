import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { settings } from '../../src/ids';
import type { ComparedRun, CompareInit, ComparePage } from '../../src/protocol/comparePage';
import type { RpcClient } from '../../src/protocol/rpc';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { stubPanel, type StubPanel } from './stubPanel';
import { activated, change, connect, theExtension, until } from './underTest';
import type { UnderTest } from './underTest';

describe('a page that compares runs', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let stub: StubPanel;
  let page: RpcClient<ComparePage>;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 1, runs: 60 });
    await connect(extension, server.url);
  });

  beforeEach(() => {
    stub = stubPanel();
  });

  afterEach(() => {
    stub.panel.dispose();
    server.clearFaults();
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const stateOf = (runs: readonly string[], connection = server.url): unknown => ({
    version: 1,
    connections: [connection],
    runs: runs.map((id) => [0, '1', id]),
    view: { of: 'the page' },
  });

  /** Restores a page, as VS Code does after a reload of the window. */
  async function restored(state: unknown): Promise<CompareInit> {
    await (await theExtension().exports.pages.get()).restore('compare', stub.panel, state);
    page = stub.page();
    return page.call('init', undefined);
  }

  /** What the page knows of the runs once as many are no longer being read. */
  async function read(init: CompareInit): Promise<readonly ComparedRun[]> {
    const known = new Map(init.runs.map((run) => [run.key, run]));
    page.on('runs', ({ runs }) => runs.forEach((run) => known.set(run.key, run)));
    await until('all is read', () =>
      [...known.values()].every(({ standing }) => standing !== 'loading'),
    );
    return [...known.values()];
  }

  it('is restored with its runs, whose connection is asked for them', async () => {
    const init = await restored(stateOf(['1r0', '1r1', 'gone']));
    assert.equal(stub.panel.title, 'Compare: 3 runs');
    assert.deepEqual(
      init.runs.map(({ runId, standing }) => [runId, standing]),
      [
        ['1r0', 'loading'],
        ['1r1', 'loading'],
        ['gone', 'loading'],
      ],
    );
    const { view, ...kept } = stateOf(['1r0', '1r1', 'gone']) as Record<string, unknown>;
    assert.deepEqual([init.restore, view], [kept, { of: 'the page' }]);
    await read(init);
    await until('the experiment has its name', async () =>
      (await page.call('init', undefined)).runs.every(
        ({ experimentName }) => experimentName === 'experiment 1',
      ),
    );
    const { runs } = await page.call('init', undefined);
    assert.deepEqual(
      runs.map(({ name, standing, experimentName }) => [name, standing, experimentName]),
      [
        ['run 0', 'ready', 'experiment 1'],
        ['run 1', 'ready', 'experiment 1'],
        ['gone', 'gone', 'experiment 1'],
      ],
    );
    assert.deepEqual(runs[1]?.params, [{ key: 'alpha', text: '1' }]);
    assert.deepEqual([...(runs[1]?.metrics.values ?? [])], [0.1]);
  });

  it('says in a sentence, and without any script, that what was kept cannot be read', async () => {
    const pages = await theExtension().exports.pages.get();
    for (const state of [undefined, { version: 1 }, { ...(stateOf([]) as object), version: 2 }]) {
      await pages.restore('compare', stub.panel, state);
      assert.match(stub.panel.webview.html, /What was kept of this page cannot be read/);
      assert.doesNotMatch(stub.panel.webview.html, /<script/);
    }
    assert.deepEqual(pages.all, []);
  });

  it('says which connection is gone', async () => {
    const runs = await read(await restored(stateOf(['1r0', '1r1'], 'http://127.0.0.1:1')));
    assert.deepEqual(
      runs.map(({ standing, problem }) => [standing, problem]),
      Array<unknown>(2).fill([
        'failed',
        'This window is not connected to http://127.0.0.1:1. Switch to it, then try again.',
      ]),
    );
  });

  it('says why runs cannot be read, as everywhere else, and reads them when it is asked again', async () => {
    server.setFault('runs/search', faults.unauthorized);
    const runs = await read(await restored(stateOf(['1r0', '1r1'])));
    assert.match(runs[0]?.problem ?? '', /wants a sign-in \(401\)\. Choose Sign In\.$/);
    server.clearFaults();
    const keys = runs.map(({ key }) => key);
    const events: string[] = [];
    page.on('runs', ({ runs: told }) => events.push(...told.map(({ standing }) => standing)));
    await page.call('retry', { runs: keys });
    await until('they are there', () => events.length >= 4);
    assert.deepEqual(events.slice(0, 4), ['loading', 'loading', 'ready', 'ready']);
  });

  it('knows what it knew at once when it comes back', async () => {
    await read(await restored(stateOf(['1r0', '1r1'])));
    stub.setVisible(false);
    const { length } = server.requests;
    stub.setVisible(true);
    const init = await stub.page().call('init', undefined);
    assert.deepEqual(
      init.runs.map(({ standing, name }) => [standing, name]),
      [
        ['ready', 'run 0'],
        ['ready', 'run 1'],
      ],
    );
    assert.equal(server.requests.length, length);
  });

  it('gets series with their columns', async () => {
    const [run] = (await restored(stateOf(['1r0', '1r1']))).runs;
    const wish = { run: run?.key ?? '', metric: 'rmse' };
    const some = await page.call('series', { ...wish, whole: false });
    const all = await page.call('series', { ...wish, whole: true });
    assert.ok(all.steps instanceof Float64Array && some.values instanceof Float64Array);
    assert.deepEqual([...all.values], [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  });

  for (const [what, end] of [
    ['closed', () => void stub.panel.dispose()],
    ['hidden', () => stub.setVisible(false)],
    ['begun anew', () => void stub.page().call('init', undefined)],
  ] as const) {
    it(`ends what it had asked for when it is ${what}`, async () => {
      const [run] = (await restored(stateOf(['1r0', '1r1']))).runs;
      server.setFault('metrics/get-history', { kind: 'silence' });
      const asked = server.nextRequest('metrics/get-history');
      page
        .call('series', { run: run?.key ?? '', metric: 'rmse', whole: true })
        .catch(() => undefined);
      const { disconnected } = await asked;
      end();
      await disconnected;
    });
  }

  it('says why a series cannot be had', async () => {
    const [run] = (await restored(stateOf(['1r0', '1r1']))).runs;
    server.setFault('metrics/get-history', faults.forbidden);
    const wish = { run: run?.key ?? '', metric: 'rmse', whole: true };
    await assert.rejects(page.call('series', wish), /does not allow you to do this \(403\)/);
  });

  it('remembers how it was laid out for the next runs of the experiment', async () => {
    await restored(stateOf(['1r0', '1r1']));
    page.notify('layout', { charts: ['rmse'] });
    stub.panel.dispose();
    stub = stubPanel();
    assert.deepEqual((await restored(stateOf(['1r2', '1r3']))).layout, { charts: ['rmse'] });
  });

  it('lets runs go', async () => {
    const { runs } = await restored(stateOf(['1r0', '1r1', '1r2']));
    const orders: (readonly string[])[] = [];
    page.on('runs', ({ order }) => orders.push(order));
    page.notify('removeRuns', [runs[1]?.key ?? '', 'unknown']);
    await until('it was told', () => orders.at(-1)?.length === 2);
    assert.deepEqual(orders.at(-1), [runs[0]?.key, runs[2]?.key]);
    assert.equal(stub.panel.title, 'Compare: 2 runs');
  });

  it('takes in more runs of the experiment, which no view has to show', async () => {
    const { createQuickPick } = vscode.window;
    const init = await restored(stateOf(['1r0', '1r1']));
    let box: vscode.QuickPick<vscode.QuickPickItem> | undefined;
    vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
      const created = createQuickPick<T>();
      box = created;
      return created;
    };
    let order: readonly string[] = [];
    page.on('runs', (event) => (order = event.order));
    await read(init);
    const experiments = extension.sessions.active?.experiments;
    assert.ok(experiments);
    experiments.setSearch('another');
    const added = page.call('addRuns', undefined);
    await until('runs are offered', () => box?.busy === false);
    vscode.window.createQuickPick = createQuickPick;
    assert.ok(box);
    assert.deepEqual(
      box.items.slice(0, 2).map(({ label }) => label),
      ['run 2', 'run 3'],
    );
    box.selectedItems = box.items.slice(0, 1);
    let isAdded = false;
    void added.then(() => (isAdded = true));
    await until('what was chosen has been accepted', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isAdded;
    });
    assert.deepEqual(
      order.slice(0, 2),
      init.runs.map(({ key }) => key),
    );
    assert.equal(order.length, 3);
    assert.equal(stub.panel.title, 'Compare: 3 runs');
    experiments.setSearch('');
  });

  describe('saves', () => {
    const { showSaveDialog } = vscode.window;
    let folder: string;
    let offered: vscode.SaveDialogOptions[];
    let answer: string | undefined;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'compare-'));
      offered = [];
      answer = 'out.csv';
      vscode.window.showSaveDialog = (options?: vscode.SaveDialogOptions) => {
        offered.push(options ?? {});
        return Promise.resolve(
          answer === undefined ? undefined : vscode.Uri.file(path.join(folder, answer)),
        );
      };
    });

    afterEach(async () => {
      vscode.window.showSaveDialog = showSaveDialog;
      await rm(folder, { recursive: true });
    });

    const written = (): Promise<string> => readFile(path.join(folder, 'out.csv'), 'utf8');

    it('what the page made, under a name that every system takes', async () => {
      await restored(stateOf(['1r0', '1r1']));
      const file = { suggested: 'train/loss.csv', content: 'a,b\n' };
      assert.equal(await page.call('save', file), 'saved');
      assert.equal(path.basename(offered[0]?.defaultUri?.path ?? ''), 'train-loss.csv');
      assert.equal(await written(), 'a,b\n');
      const bytes = new Uint8Array([1, 2, 3]);
      assert.equal(await page.call('save', { suggested: 'x.png', content: bytes }), 'saved');
      assert.equal(await written(), '\u0001\u0002\u0003');
      answer = undefined;
      assert.equal(await page.call('save', file), 'cancelled');
    });

    it('whole histories, run after run', async () => {
      const runs = await read(await restored(stateOf(['1r0', '1r1'])));
      const keys = runs.map(({ key }) => key);
      const wish = { runs: keys, metrics: ['rmse', 'nobody has this'] };
      assert.equal(await page.call('exportHistories', wish), 'saved');
      const lines = (await written()).split('\n');
      assert.equal(lines[0], 'Run,Run ID,metric,step,timestamp,value');
      assert.deepEqual([lines.length, lines.at(-1)], [22, '']);
      assert.match(lines[1] ?? '', /^run 0,1r0,rmse,0,\d+,0$/);
      assert.match(lines[11] ?? '', /^run 1,1r1,rmse,0,\d+,0$/);
      assert.deepEqual(await readdir(folder), ['out.csv']);
    });

    it('histories wholly or not at all', async () => {
      const runs = await read(await restored(stateOf(['1r0', '1r1'])));
      server.setFault('metrics/get-history', faults.forbidden, { after: 1 });
      const wish = { runs: runs.map(({ key }) => key), metrics: ['rmse'] };
      await assert.rejects(page.call('exportHistories', wish), /\(403\)/);
      assert.deepEqual(await readdir(folder), []);
    });

    it('says why a file cannot be written, and reads nothing for it', async () => {
      const [run] = await read(await restored(stateOf(['1r0', '1r1'])));
      answer = path.join('missing', 'out.csv');
      const { length } = server.requests;
      const wish = { runs: [run?.key ?? ''], metrics: ['rmse'] };
      await assert.rejects(page.call('exportHistories', wish));
      assert.equal(server.requests.length, length);
    });

    it('to a file with as long a name as there can be', async () => {
      const [run] = await read(await restored(stateOf(['1r0', '1r1'])));
      answer = `${'x'.repeat(251)}.csv`;
      const wish = { runs: [run?.key ?? ''], metrics: ['rmse'] };
      assert.equal(await page.call('exportHistories', wish), 'saved');
      assert.deepEqual(await readdir(folder), [answer]);
    });

    it('nothing of histories that were given up', async () => {
      const { withProgress } = vscode.window;
      vscode.window.withProgress = (options, task) => {
        assert.ok(options.cancellable === true);
        const cancellation = new vscode.CancellationTokenSource();
        return task({ report: () => cancellation.cancel() }, cancellation.token);
      };
      const runs = await read(await restored(stateOf(['1r0', '1r1', '1r2'])));
      const wish = { runs: runs.map(({ key }) => key), metrics: ['rmse'] };
      const outcome = await page.call('exportHistories', wish);
      vscode.window.withProgress = withProgress;
      assert.equal(outcome, 'cancelled');
      assert.deepEqual(await readdir(folder), []);
    });

    it('nothing when the choice of a file is left', async () => {
      const [run] = await read(await restored(stateOf(['1r0', '1r1'])));
      answer = undefined;
      const wish = { runs: [run?.key ?? ''], metrics: ['rmse'] };
      const { length } = server.requests;
      assert.equal(await page.call('exportHistories', wish), 'cancelled');
      assert.equal(server.requests.length, length);
    });
  });
});
