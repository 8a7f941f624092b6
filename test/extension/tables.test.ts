import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { artifactUri } from '../../src/host/artifactUri';
import { commands, customEditors, settings } from '../../src/ids';
import { connectionKey, type ArtifactAddress } from '../../src/mlflow/artifactAddress';
import type { RpcClient } from '../../src/protocol/rpc';
import type { Target } from '../../src/mlflow/target';
import type { TablePage, TableProgress } from '../../src/protocol/tablePage';
import type { TablesPage } from '../../src/protocol/tablesPage';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { StubArtifacts } from '../support/stubArtifacts';
import { stubPanel, type StubPanel } from './stubPanel';
import { activated, change, connect, theExtension, until, type UnderTest } from './underTest';

const carrier = '<img src=x onerror=alert(1)>';
const csv = ['name,score', `${carrier},0.5`, '서울,-3', '"a, b",nan', ''].join('\n');

/** Where the extension is developed is the project. */
function recorded(name: string): Buffer {
  const folder = path.join(theExtension().extensionPath, 'test', 'fixtures', 'tables');
  return readFileSync(path.join(folder, `${name}.parquet`));
}

describe('tables', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let artifacts: StubArtifacts;
  let stub: StubPanel;
  let progress: TableProgress | undefined;

  before(async () => {
    extension = await activated();
    artifacts = new StubArtifacts();
    server = await startFaultServer({ artifacts });
    await connect(extension, server.url);
    artifacts.put('1r0', 'eval/scores.csv', csv);
    artifacts.put('1r1', 'eval/scores.csv', csv.replace('-3', '4'));
    artifacts.put('1r0', 'groups.parquet', recorded('groups'));
    artifacts.put('1r0', 'odd.parquet', recorded('odd-lz4'));
    artifacts.put('1r0', 'table.json', '{"columns":["a"],"data":[[1],[2]]}');
    artifacts.put('1r0', 'model.json', '{"a":1}');
  });

  beforeEach(() => {
    stub = stubPanel();
    progress = undefined;
  });

  afterEach(async () => {
    stub.panel.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const addressOf = (file: string, runId = '1r0'): ArtifactAddress => ({
    key: connectionKey(extension.session.id),
    place: { owner: { kind: 'run', runId }, path: file },
    ownerName: `run ${runId.at(-1)}`,
  });

  /** Opens an artifact as a table, with the test in the place of its page. */
  async function open(file: string): Promise<RpcClient<TablePage>> {
    (await theExtension().exports.pages.get()).preview('table', stub.panel, addressOf(file));
    const page = stub.page<TablePage>();
    page.on('progress', (told) => {
      const { columns = progress?.facts.columns } = told.facts;
      progress = { ...told, facts: { ...told.facts, columns } };
    });
    const init = await page.call('init', undefined);
    progress ??= init.progress;
    await until(`${file} is read`, () => progress?.standing !== 'reading');
    return page;
  }

  /** What the page was told last, which happens between the lines of a test. */
  const told = (): TableProgress | undefined => progress;
  const area = { fromRow: 0, toRow: 10, fromColumn: 0, toColumn: 2 };

  it('are read from the server, sorted and filtered, with what looks like script as text', async () => {
    const page = await open('eval/scores.csv');
    assert.deepEqual(
      progress?.facts.columns?.map(({ name, kind }) => `${name}:${kind}`),
      ['name:text', 'score:number'],
    );
    const all = await page.call('window', { ...area, arrangement: 0 });
    assert.deepEqual(all?.cells, [
      [carrier, '서울', 'a, b'],
      ['0.5', '-3', 'nan'],
    ]);
    const sort = [{ column: 1, descending: false }];
    const sorted = await page.call('arrange', { sort, filter: '' });
    const window = await page.call('window', { ...area, arrangement: sorted.arrangement });
    assert.deepEqual(window?.cells[1], ['-3', '0.5', 'nan']);
    assert.equal((await page.call('arrange', { sort, filter: 'score > 0' })).rows, 1);
    await assert.rejects(
      page.call('arrange', { sort, filter: 'height > 0' }),
      /"mistake":\{"reason":"column"/,
    );
    assert.equal(await page.call('copy', { ...area, arrangement: 0, header: true }), 3);
    assert.match(await vscode.env.clipboard.readText(), /^name\tscore\n<img/);
  });

  it('are what Parquet and logged tables hold, or a sentence says why not', async () => {
    let page = await open('groups.parquet');
    const found = await page.call('arrange', { sort: [], filter: 'word = w3 and row < 100' });
    assert.deepEqual([progress?.facts.rows, found.rows], [5000, 6]);
    for (const [file, rows, problem] of [
      ['table.json', 2, undefined],
      ['model.json', 0, /This JSON is no table/],
      ['odd.parquet', 0, /compressed with LZ4_RAW/],
    ] as const) {
      stub.panel.dispose();
      stub = stubPanel();
      progress = undefined;
      page = await open(file);
      assert.equal(told()?.facts.rows, rows, file);
      if (problem !== undefined) assert.match(told()?.problem ?? '', problem);
    }
  });

  it('are said to be gone, and are read again once they are there', async () => {
    const page = await open('late.csv');
    assert.equal(progress?.standing, 'gone');
    artifacts.put('1r0', 'late.csv', csv);
    await page.call('read', {});
    await until('it is there', () => progress?.standing === 'complete');
    assert.equal(progress?.facts.rows, 3);
  });

  it('are compared row by row, and restored', async () => {
    const { tables } = await theExtension().exports.pages.get();
    tables.compare(addressOf('eval/scores.csv'), addressOf('eval/scores.csv', '1r1'));
    await until('the page is there', () => tables.all.length === 1);
    assert.equal(tables.all[0]?.webviewPanel.title, 'Compare: scores.csv');
    tables.compare(addressOf('eval/scores.csv'), addressOf('eval/scores.csv', '1r1'));
    assert.equal(tables.all.length, 1);
    const state = {
      version: 1,
      tables: [addressOf('eval/scores.csv'), addressOf('eval/scores.csv', '1r1')].map((address) => {
        const uri = artifactUri(address);
        return [uri.authority, uri.path];
      }),
    };
    tables.restore(stub.panel, state);
    const page = stub.page<TablesPage>();
    let both: readonly TableProgress[] = [];
    page.on('progress', (told) => (both = told));
    const init = await page.call('init', undefined);
    assert.deepEqual(init.restore, state);
    await until(
      'both are read',
      () => both.length > 0 && both.every((each) => each.standing === 'complete'),
    );
    const { counts } = await page.call('compare', { key: 'name' });
    assert.deepEqual([counts.rows, counts.differing, counts.cells], [3, 1, 1]);
    const shown = { onlyDifferences: true, fromRow: 0, toRow: 10, columns: [0, 1] };
    assert.deepEqual((await page.call('window', shown))?.cells, [['서울'], [['-3', '4']]]);
    stub.panel.dispose();
    stub = stubPanel();
    tables.restore(stub.panel, { version: 1, tables: [['x', '/y']] });
    assert.match(stub.panel.webview.html, /What was kept of this page cannot be read/);
  });

  it('open in our editor, and as the text that they are', async () => {
    const uri = artifactUri(addressOf('eval/scores.csv'));
    const input = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('it is a table', () => {
      const shown = input();
      return shown instanceof vscode.TabInputCustom && shown.viewType === customEditors.table;
    });
    await vscode.commands.executeCommand(commands.openAsText);
    await until('it is a text', () => input() instanceof vscode.TabInputText);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), csv);
    await vscode.commands.executeCommand(
      commands.openAsTable,
      artifactUri(addressOf('table.json')),
    );
    await until('JSON is a table', () => input() instanceof vscode.TabInputCustom);
  });

  it('that were logged open in our editor from their rows, and other JSON as text', async () => {
    const noted = JSON.stringify([{ path: 'table.json', type: 'table' }]);
    await fetch(`${server.url}/api/2.0/mlflow/runs/set-tag`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ run_id: '1r0', key: 'mlflow.loggedArtifacts', value: noted }),
    });
    const input = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const open = async (file: string): Promise<void> => {
      const { place } = addressOf(file);
      const rest = { ownerName: 'run 0', isDirectory: false, size: undefined };
      const target: Target = { kind: 'artifact', place, ...rest };
      await vscode.commands.executeCommand(commands.openArtifact, { target });
    };
    await open('model.json');
    assert.ok(input() instanceof vscode.TabInputText);
    await open('table.json');
    await until('it is a table', () => {
      const shown = input();
      return shown instanceof vscode.TabInputCustom && shown.viewType === customEditors.table;
    });
  });
});
