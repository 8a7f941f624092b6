import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { RpcClient } from '../../src/protocol/rpc';
import type { RunRow, RunsInit, RunsPage, RunsQuery } from '../../src/protocol/runsPage';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { stubPanel, type StubPanel } from './stubPanel';
import { activated, change, connect, rowOf, theExtension, until } from './underTest';
import type { UnderTest } from './underTest';

const everything: RunsQuery = { filters: [''], view: 'active' };
const runsTabs = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      return input instanceof vscode.TabInputWebview && input.viewType.endsWith('mlflow.runs');
    });

describe('a page with a table of runs', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let stub: StubPanel;
  let page: RpcClient<RunsPage>;
  let rows: Map<number, RunRow>;
  let columns: Map<string, Map<number, unknown>>;
  let progress: RunsPage['events']['progress'] | undefined;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 2, runs: 450 });
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

  const stateOf = (...ids: readonly string[]): unknown => ({
    version: 1,
    connections: [server.url],
    experiments: ids.map((id) => [0, id, `once ${id}`]),
  });

  /** Begins a page, as VS Code does whenever it is shown. */
  function begin(): Promise<RunsInit> {
    page = stub.page<RunsPage>();
    rows = new Map();
    columns = new Map();
    progress = undefined;
    page.on('rows', (told) => {
      told.rows.forEach((row) => rows.set(row.at, row));
      for (const part of told.columns) {
        const column = columns.get(part.key) ?? new Map<number, unknown>();
        part.at.forEach((at, index) =>
          column.set(at, part.kind === 'metric' ? part.values[index] : part.texts[index]),
        );
        columns.set(part.key, column);
      }
    });
    page.on('progress', (told) => (progress = told));
    return page.call('init', undefined);
  }

  async function restored(...ids: readonly string[]): Promise<RunsInit> {
    await (await theExtension().exports.pages.get()).restore('runs', stub.panel, stateOf(...ids));
    return begin();
  }

  async function read(query = everything): Promise<number> {
    const { reading } = await page.call('read', query);
    await until('all is read', () => progress?.standing === 'complete');
    return reading;
  }

  const searches = (): number =>
    server.requests.filter(({ path: asked }) => asked.endsWith('runs/search')).length;

  it('is opened from experiments, one for each choice, and named after them', async () => {
    const experiments = await extension.experiments.getChildren();
    const one = rowOf(experiments, 'experiment 1');
    const two = rowOf(experiments, 'experiment 2');
    const open = (...chosen: readonly unknown[]): Thenable<unknown> =>
      vscode.commands.executeCommand(commands.openRunsTable, chosen[0], chosen);
    await open(one);
    await open(one, two);
    await open(one);
    await until('the tabs are there', () => runsTabs().length === 2);
    assert.deepEqual(
      runsTabs()
        .map(({ label }) => label)
        .toSorted(),
      ['Runs: experiment 1', 'Runs: experiment 1, experiment 2'],
    );
    const { runs } = await theExtension().exports.pages.get();
    runs.all.forEach(({ webviewPanel }) => void webviewPanel.dispose());
    await until('no page is there', () => runsTabs().length === 0);
  });

  it('is restored with its experiments, and reads all their runs', async () => {
    const init = await restored('1', '2');
    assert.equal(stub.panel.title, 'Runs: experiment 1, experiment 2');
    assert.deepEqual(
      init.experiments.map(({ name, connection }) => [name, connection]),
      [
        ['experiment 1', server.url],
        ['experiment 2', server.url],
      ],
    );
    assert.deepEqual([init.exactExtremes, init.filterNull, init.live], [false, true, true]);
    await read();
    assert.deepEqual([rows.size, progress?.found], [900, 900]);
    const last = [...rows.values()].find(({ runId }) => runId === '2r449');
    assert.deepEqual([last?.name, last?.experiment], ['run 449', init.experiments[1]?.key]);
    assert.equal(columns.get('rmse')?.get(last?.at ?? -1), 44.9);
    assert.equal(columns.get('alpha')?.get(last?.at ?? -1), '449');
  });

  it('says without any script that what was kept cannot be read', async () => {
    const pages = await theExtension().exports.pages.get();
    for (const state of [undefined, { version: 1 }, stateOf()]) {
      await pages.restore('runs', stub.panel, state);
      assert.match(stub.panel.webview.html, /What was kept of this page cannot be read/);
      assert.doesNotMatch(stub.panel.webview.html, /<script/);
    }
  });

  it('knows what it knew when it comes back, and asks the server when it is asked again', async () => {
    await restored('1');
    const reading = await read();
    const before = searches();
    stub.setVisible(false);
    stub.setVisible(true);
    await begin();
    assert.equal(await read(), reading);
    assert.deepEqual([rows.size, searches()], [450, before]);
    assert.notEqual(await read(), reading);
    assert.ok(searches() > before);
  });

  it('says where a filter is wrong before the server is asked, and what the server says', async () => {
    await restored('1');
    await read();
    const mistake = await page.call('checkFilter', "metrics.rmse = 'x'");
    assert.deepEqual([mistake?.start, mistake?.end], [15, 18]);
    assert.equal(await page.call('checkFilter', 'metrics.rmse > 1'), undefined);
    server.setFault('runs/search', faults.refused('INVALID_PARAMETER_VALUE', 'no such column'));
    const query: RunsQuery = { filters: ['', 'attributes.bad = 1'], view: 'active' };
    await assert.rejects(page.call('read', query), /"sentence":".*no such column.*"filter":0/);
    assert.equal(rows.size, 450);
  });

  it('says why nothing can be read', async () => {
    server.setFault('runs/search', faults.unauthorized);
    await restored('1');
    await page.call('read', everything);
    await until('it failed', () => progress?.standing === 'failed');
    assert.match(progress?.problem ?? '', /wants a sign-in \(401\)/);
    server.clearFaults();
    await connect(extension, server.url);
    await until('it is read again', () => progress?.standing === 'complete');
    assert.equal(rows.size, 450);
  });

  it('finds extremes of a metric', async () => {
    await restored('1');
    const reading = await read();
    const at = new Uint32Array([1, 0]);
    const found = await page.call('extremes', { reading, metric: 'rmse', at });
    assert.deepEqual(
      [[...found.min], [...found.max], [...found.exact]],
      [
        [0, 0],
        [0.9, 0.9],
        [1, 1],
      ],
    );
    const none = await page.call('extremes', { reading, metric: 'nobody has this', at });
    assert.ok(none.min.every(Number.isNaN));
  });

  it('keeps its layout and saved views for the experiments', async () => {
    await restored('1');
    page.notify('layout', { width: 3 });
    const views = await page.call('saveView', { name: 'mine', layout: { sort: 'rmse' } });
    assert.deepEqual(views, [{ name: 'mine', layout: { sort: 'rmse' } }]);
    stub.panel.dispose();
    stub = stubPanel();
    const again = await restored('1');
    assert.deepEqual([again.layout, again.views], [{ width: 3 }, views]);
    assert.deepEqual(await page.call('saveView', { name: 'mine', layout: undefined }), []);
    stub.panel.dispose();
    stub = stubPanel();
    assert.deepEqual((await restored('2')).views, []);
  });

  it('says that a view was not saved', async () => {
    await restored('1');
    const view = { name: 'large', layout: 'x'.repeat(400_000) };
    await assert.rejects(page.call('saveView', view), /The view was not saved/);
  });

  it('finds its experiments once their connection is well', async () => {
    server.setFault('experiments/get', faults.unauthorized);
    server.setFault('experiments/search', faults.unauthorized);
    await connect(extension, server.url);
    const { experiments } = await restored('2');
    assert.deepEqual(
      experiments.map(({ name }) => name),
      ['once 2'],
    );
    const told: RunsPage['events']['facts'][] = [];
    page.on('facts', (facts) => told.push(facts));
    server.clearFaults();
    await connect(extension, server.url);
    await until('it is told', () => told.at(-1)?.experiments[0]?.name === 'experiment 2');
    assert.equal(stub.panel.title, 'Runs: experiment 2');
  });

  it('has a short title on one line', async () => {
    const state = {
      version: 1,
      connections: ['none'],
      experiments: [[0, '1', `a\n${'b'.repeat(99)}`]],
    };
    await (await theExtension().exports.pages.get()).restore('runs', stub.panel, state);
    assert.equal(stub.panel.title, `Runs: a ${'b'.repeat(57)}…`);
  });

  it('deletes runs with the command, and reads them again', async () => {
    await restored('2');
    await read();
    const gone: number[] = [];
    page.on('gone', ({ at }) => gone.push(...at));
    const first = [...rows.values()].find(({ runId }) => runId === '2r0');
    await page.call('act', { action: 'delete', runs: [first?.key ?? ''] });
    await until('it is gone', () => gone.length === 1);
    assert.deepEqual(gone, [first?.at]);
    await vscode.commands.executeCommand(commands.undoDelete);
  });

  it('exports all runs, and leaves nothing else behind', async () => {
    const { showSaveDialog } = vscode.window;
    const folder = await mkdtemp(path.join(tmpdir(), 'runs-'));
    const file = path.join(folder, 'out.csv');
    const temporary = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
    const usual = tmpdir();
    vscode.window.showSaveDialog = () => Promise.resolve(vscode.Uri.file(file));
    const scratch = async (): Promise<readonly string[]> =>
      (await readdir(tmpdir())).filter((name) => /^mlflow-.*\.part$/.test(name));
    try {
      await restored('1', '2');
      assert.equal(await page.call('exportRuns', everything), 'saved');
      const lines = (await readFile(file, 'utf8')).split('\n');
      assert.equal(
        lines[0],
        'run_id,experiment_id,status,artifact_uri,start_time,end_time,metrics.rmse,params.alpha,tags.mlflow.runName',
      );
      assert.equal(lines.length, 902);
      assert.match(lines[11] ?? '', /^1r10,1,FINISHED,.*,1\.0,10,run 10$/);
      assert.deepEqual(await readdir(folder), ['out.csv']);
      assert.deepEqual(await scratch(), []);
      server.setFault('runs/search', { kind: 'cut' });
      await assert.rejects(page.call('exportRuns', everything), /broke off/);
      assert.deepEqual([await readdir(folder), await scratch()], [['out.csv'], []]);
      process.env[temporary] = path.join(folder, 'none');
      await assert.rejects(page.call('exportRuns', everything), /ENOENT/);
      assert.deepEqual(await readdir(folder), ['out.csv']);
    } finally {
      vscode.window.showSaveDialog = showSaveDialog;
      Object.assign(process.env, { [temporary]: usual });
      await rm(folder, { recursive: true });
    }
  });
});
