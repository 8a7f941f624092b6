import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { inertNotebook } from '../../src/artifacts/inertNotebook';
import { artifactUri } from '../../src/host/artifactUri';
import { commands, settings } from '../../src/ids';
import { connectionKey } from '../../src/mlflow/artifactAddress';
import type { ArtifactOwner } from '../../src/mlflow/model';
import type { Row } from '../../src/tree/row';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { StubArtifacts } from '../support/stubArtifacts';
import {
  activated,
  change,
  click,
  connect,
  rowOf,
  runsOf,
  sayAll,
  until,
  type UnderTest,
  clearWindow,
} from './underTest';

/** One red pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

/** How long timers had to wait at most while something went on, in milliseconds. */
async function longestHold(work: () => Thenable<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  await work();
  // The last delay counts once a timer has come after it.
  await new Promise((resolve) => setTimeout(resolve, 10));
  delays.disable();
  return delays.max / 1e6;
}

describe('artifacts', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let artifacts: StubArtifacts;

  before(async () => {
    extension = await activated();
  });

  beforeEach(async () => {
    artifacts = new StubArtifacts();
    const loggedModels = [
      {
        info: {
          ...{
            model_id: 'm-1',
            experiment_id: '1',
            name: 'tree',
            artifact_uri: 'mlflow-artifacts:/1/models/m-1',
          },
          ...{ status: 'LOGGED_MODEL_READY', model_type: 'sklearn', source_run_id: '1r0' },
        },
        data: {},
      },
    ];
    server = await startFaultServer({ artifacts, loggedModels });
    await connect(extension, server.url);
  });

  afterEach(async () => {
    await clearWindow();
    await server.close();
  });

  after(() => change(settings.trackingUri, undefined));

  const run: ArtifactOwner = { kind: 'run', runId: '1r0' };
  const uriOf = (path: string, owner = run): vscode.Uri =>
    artifactUri({
      key: connectionKey(extension.session.id),
      place: { owner, path },
      ownerName: 'run 0',
    });

  async function below(row: Row): Promise<readonly Row[]> {
    return extension.experiments.getChildren(row);
  }

  async function artifactRow(): Promise<Row> {
    const runRow = rowOf(await runsOf(extension, 'experiment 1'), 'run 0');
    return rowOf(await below(runRow), 'Artifacts');
  }

  const requestsFor = (path: string): number =>
    server.requests.filter(
      (each) => each.path === '/get-artifact' && each.query.get('path') === path,
    ).length;

  it('are rows below their run: models first, then folders, then files as people count', async () => {
    for (const path of ['b10.txt', 'b9.txt', 'plots/roc.png', 'a.json']) {
      artifacts.put('1r0', path, 'x'.repeat(1536));
    }
    artifacts.put('m-1', 'MLmodel', 'flavors: {}');
    const rows = await below(await artifactRow());
    assert.deepEqual(sayAll(rows), [
      'tree | sklearn',
      'plots',
      'a.json | 1.5 KB',
      'b9.txt | 1.5 KB',
      'b10.txt | 1.5 KB',
    ]);
    assert.deepEqual(sayAll(await below(rowOf(rows, 'plots'))), ['roc.png | 1.5 KB']);
    assert.deepEqual(sayAll(await below(rowOf(rows, 'tree'))), ['MLmodel | 11 B']);
  });

  it('of versions of models are below these', async () => {
    artifacts.put('1r0', 'model/MLmodel', 'flavors: {}');
    const [model] = await extension.models.getChildren();
    const [version] = await extension.models.getChildren(model);
    assert.deepEqual(sayAll(await extension.models.getChildren(version)), ['MLmodel | 11 B']);
  });

  it('open as text in their language, with one request', async () => {
    artifacts.put('1r0', 'conf/params.json', '{"alpha": 0.5}');
    const folder = rowOf(await below(await artifactRow()), 'conf');
    await click(rowOf(await below(folder), 'params.json'));
    await until('the editor is there', () => vscode.window.activeTextEditor !== undefined);
    const { document } = vscode.window.activeTextEditor ?? {};
    assert.equal(document?.getText(), '{"alpha": 0.5}');
    assert.equal(document.languageId, 'json');
    assert.equal(document.uri.path, '/run/1r0/run 0/conf/params.json');
    assert.equal(requestsFor('conf/params.json'), 1);
  });

  it('cannot be written, deleted or renamed', async () => {
    artifacts.put('1r0', 'a.txt', 'a');
    const uri = uriOf('a.txt');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(uri.scheme), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array(1)));
    await assert.rejects(async () => vscode.workspace.fs.delete(uri));
    await assert.rejects(async () => vscode.workspace.fs.rename(uri, uriOf('b.txt')));
  });

  it('open as pictures and notebooks in the editors that VS Code has for them', async () => {
    artifacts.put('1r0', 'plot.png', png);
    artifacts.put(
      '1r0',
      'report.ipynb',
      JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    );
    const rows = await below(await artifactRow());
    await click(rowOf(rows, 'plot.png'));
    await until('the picture has a tab', () =>
      tabs().some(
        ({ input }) =>
          input instanceof vscode.TabInputCustom && input.viewType === 'imagePreview.previewEditor',
      ),
    );
    await click(rowOf(rows, 'report.ipynb'));
    await until('the notebook has a tab', () =>
      tabs().some(({ input }) => input instanceof vscode.TabInputNotebook),
    );
  });

  it('hold the extension host up for no large notebook, of which nothing runs all the same', async () => {
    const line = '<tr><td>1.0</td><td>2.00000000000000</td></tr>\n';
    const html = ['<script>alert(1)</script>', ...Array.from({ length: 150_000 }, () => line)];
    const outputs = [{ output_type: 'display_data', metadata: {}, data: { 'text/html': html } }];
    const cells = [{ cell_type: 'code', source: [], metadata: {}, outputs }];
    const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    artifacts.put('1r0', 'large.ipynb', text);
    // What VS Code itself does with so many bytes takes its time as well.
    artifacts.put('1r0', 'large.txt', text);
    await vscode.workspace.fs.readFile(uriOf('large.txt'));
    const begun = performance.now();
    inertNotebook(Buffer.from(text), '');
    const taken = performance.now() - begun;
    const plain = await longestHold(() => vscode.workspace.fs.readFile(uriOf('large.txt')));
    let read: Uint8Array = new Uint8Array();
    const held = await longestHold(async () => {
      read = await vscode.workspace.fs.readFile(uriOf('large.ipynb'));
    });
    assert.doesNotMatch(Buffer.from(read).toString(), /<script|alert/);
    assert.ok(held < plain + taken / 2, `${held} ms; plain ${plain} ms, parsed in ${taken} ms`);
  });

  it('are read anew when they have changed, and only then', async () => {
    artifacts.put('1r0', 'log.txt', 'one');
    const uri = uriOf('log.txt');
    const first = await vscode.workspace.fs.stat(uri);
    assert.deepEqual(await vscode.workspace.fs.stat(uri), first);
    artifacts.put('1r0', 'log.txt', 'two');
    await vscode.commands.executeCommand(commands.refresh);
    assert.notEqual((await vscode.workspace.fs.stat(uri)).mtime, first.mtime);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), 'two');
  });

  it('show in an open editor as they are now once everything is refreshed', async () => {
    artifacts.put('1r0', 'log.txt', 'one');
    const document = await vscode.workspace.openTextDocument(uriOf('log.txt'));
    await vscode.window.showTextDocument(document);
    artifacts.put('1r0', 'log.txt', 'one\ntwo');
    await vscode.commands.executeCommand(commands.refresh);
    await until('the editor shows the new line', () => document.getText() === 'one\ntwo');
  });

  it('are read once for all who ask at the same time', async () => {
    artifacts.put('1r0', 'a.txt', 'a'.repeat(100_000));
    const uri = uriOf('a.txt');
    const all = await Promise.all(
      Array.from({ length: 5 }, () => vscode.workspace.fs.readFile(uri)),
    );
    assert.ok(all.every(({ length }) => length === 100_000));
    assert.equal(requestsFor('a.txt'), 1);
  });

  it('are folders for whoever walks through them, without names that no file can have', async () => {
    const names = ['ok.txt', '..', '', '.', 'a\0b', 'sub/../../x', 'sub'];
    artifacts.setListing(
      '1r0',
      '',
      names.map((path) => ({ path, is_dir: path === 'sub' })),
    );
    artifacts.setListing('1r0', 'sub', [
      { path: 'elsewhere/x', is_dir: false },
      { path: 'sub/y', is_dir: false },
    ]);
    assert.deepEqual(await vscode.workspace.fs.readDirectory(uriOf('')), [
      ['ok.txt', vscode.FileType.File],
      ['sub', vscode.FileType.Directory],
    ]);
    assert.deepEqual(await vscode.workspace.fs.readDirectory(uriOf('sub')), [
      ['y', vscode.FileType.File],
    ]);
    const { type } = await vscode.workspace.fs.stat(uriOf('sub'));
    assert.equal(type, vscode.FileType.Directory);
  });

  it('of names that no file can have are shown, and not opened', async () => {
    artifacts.setListing('1r0', '', [{ path: '../../etc/passwd', is_dir: false, file_size: 3 }]);
    const row = rowOf(await below(await artifactRow()), '../../etc/passwd');
    assert.equal(row.item.resourceUri, undefined);
    const before = server.requests.length;
    void click(row);
    await until('nothing more is asked', () => true);
    assert.equal(server.requests.length, before);
    assert.equal(tabs().length, 0);
  });

  it('that are gone, or whose connection breaks, say so in a sentence', async () => {
    artifacts.put('1r0', 'big.bin', Buffer.alloc(500_000, 'x'));
    await assert.rejects(
      async () => vscode.workspace.fs.readFile(uriOf('gone.txt')),
      /does not know this/,
    );
    artifacts.cutAfter(1000);
    await assert.rejects(async () => vscode.workspace.fs.readFile(uriOf('big.bin')), /broke off/);
    artifacts.cutAfter(Infinity);
    assert.equal((await vscode.workspace.fs.readFile(uriOf('big.bin'))).length, 500_000);
  });

  it('of a server that this window is not connected to say so', async () => {
    const uri = uriOf('a.txt').with({ authority: '00000000' });
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri), /not connected/);
  });

  it('outlast that the connection is opened anew', async () => {
    artifacts.put('1r0', 'a.txt', 'a');
    const uri = uriOf('a.txt');
    extension.sessions.reset();
    assert.equal((await vscode.workspace.fs.readFile(uri)).length, 1);
  });

  it('of more than 25 MB are not read whole, but their first and last megabyte are, in whole lines', async () => {
    const line = `${'안녕 '.repeat(9)}\n`;
    const text = Buffer.from(line.repeat(Math.ceil((26 * 1024 * 1024) / Buffer.byteLength(line))));
    artifacts.put('1r0', 'train.log', text);
    const uri = uriOf('train.log');
    assert.equal((await vscode.workspace.fs.stat(uri)).size, text.length);
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri), /up to 25 MB/);
    for (const part of ['head', 'tail'] as const) {
      const document: vscode.TextDocument = await vscode.workspace.openTextDocument(
        artifactUri({
          key: uri.authority,
          place: { owner: run, path: 'train.log' },
          ownerName: 'run 0',
          part,
        }),
      );
      assert.equal(document.languageId, 'log');
      const shown = document.getText();
      assert.ok(shown.length > 500_000 / 3);
      assert.ok(
        shown
          .split('\n')
          .slice(0, -1)
          .every((each) => `${each}\n` === line),
      );
      assert.match(
        document.uri.path,
        part === 'head' ? /train \(first MB\)\.log$/ : /train \(last MB\)\.log$/,
      );
    }
  });

  it('have a row that says why a folder cannot be read, and that reads it again', async () => {
    server.setFault('artifacts/list', faults.internalError);
    artifacts.put('1r0', 'a.txt', 'a');
    const row = await artifactRow();
    const [model, failed] = await below(row);
    assert.equal(model?.node.kind, 'loggedModel');
    assert.equal(failed?.node.kind, 'error');
    server.clearFaults();
    await click(failed);
    assert.deepEqual(sayAll(await below(row)), ['tree | sklearn', 'a.txt | 1 B']);
  });

  it('are forgotten by a refresh', async () => {
    artifacts.put('1r0', 'a.txt', 'a');
    const row = await artifactRow();
    await below(row);
    artifacts.put('1r0', 'b.txt', 'b');
    assert.equal((await below(row)).length, 2);
    await vscode.commands.executeCommand(commands.refresh);
    assert.equal((await below(await artifactRow())).length, 3);
  });

  it('are 10,000 rows soon enough, 500 of them at first', async () => {
    artifacts.setListing(
      '1r0',
      '',
      Array.from({ length: 10_000 }, (_, index) => ({
        path: `step-${index}.txt`,
        is_dir: false,
        file_size: index,
      })),
    );
    const row = await artifactRow();
    let rows = await below(row);
    assert.equal(rows.length, 502);
    while (rows.at(-1)?.node.kind === 'loadMore') {
      await click(rows.at(-1)!);
      rows = await below(row);
    }
    assert.equal(rows.length, 10_001);
    assert.deepEqual(sayAll(rows.slice(2, 4)), ['step-1.txt | 1 B', 'step-2.txt | 2 B']);
    assert.equal(server.requests.filter(({ path }) => path.endsWith('artifacts/list')).length, 1);
  });
});
