import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { commands, noteScheme, settings } from '../../src/ids';
import type { RunInit, RunPage } from '../../src/protocol/runPage';
import type { RpcClient } from '../../src/protocol/rpc';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { stubPanel, type StubPanel } from './stubPanel';
import { activated, change, connect, theExtension, until, clearWindow } from './underTest';
import type { UnderTest } from './underTest';

const run = promisify(execFile);

describe('the page of a run', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let stub: StubPanel;
  let page: RpcClient<RunPage>;
  let latest: RunPage['events']['run'];

  before(async () => {
    extension = await activated();
  });

  beforeEach(async () => {
    server = await startFaultServer({ experiments: 1, runs: 3 });
    await connect(extension, server.url);
    stub = stubPanel();
  });

  afterEach(async () => {
    stub.panel.dispose();
    await clearWindow();
    await server.close();
  });

  after(() => change(settings.trackingUri, undefined));

  /** Restores a page, as VS Code does after a reload of the window, and waits until the run was read. */
  async function restored(runId = '1r1'): Promise<RunInit> {
    const state = { version: 1, connections: [server.url], runs: [[0, '1', runId]] };
    await (await theExtension().exports.pages.get()).restore('run', stub.panel, state);
    page = stub.page<RunPage>();
    page.on('run', (event) => (latest = event));
    const init = await page.call('init', undefined);
    latest = init;
    await until('the run was read', () => latest.run.standing !== 'loading');
    return init;
  }

  const tagsNow = (): Promise<unknown> =>
    fetch(`${server.url}/api/2.0/mlflow/runs/get?run_id=1r1`)
      .then((reply) => reply.json() as Promise<{ run: { data: { tags: unknown } } }>)
      .then(({ run: { data } }) => data.tags);

  it('is restored under the name of its run, with what is known of it', async () => {
    await restored();
    assert.equal(stub.panel.title, 'Run: run 1');
    assert.deepEqual(latest.run.params, [{ key: 'alpha', text: '1' }]);
    assert.deepEqual(
      [latest.readOnly, latest.details?.artifactUri],
      [undefined, 'mlflow-artifacts:/1/1r1/artifacts'],
    );
    await until('models were read', () => latest.details?.models.kind === 'ready');
    const { models } = latest.details ?? {};
    assert.deepEqual(models?.kind === 'ready' && models.value.map(({ text }) => text), [
      'model 2, version 2',
      'model 2, version 1',
    ]);
  });

  it('says in a sentence that what was kept cannot be read', async () => {
    const pages = await theExtension().exports.pages.get();
    await pages.restore('run', stub.panel, { version: 1, connections: [], runs: [] });
    assert.match(stub.panel.webview.html, /Open the run anew/);
  });

  it('opens for a run of the view, once', async () => {
    const target = { kind: 'run', connection: server.url, experimentId: '1', runId: '1r0' };
    const tabs = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    await vscode.commands.executeCommand(commands.openRun, { target });
    await vscode.commands.executeCommand(commands.openRun, { target });
    await until('it has its name', () => tabs().some((label) => label.startsWith('Run: ')));
    assert.equal(tabs().filter((label) => label.startsWith('Run: ')).length, 1);
  });

  it('sets and removes a tag, and shows it at once', async () => {
    await restored();
    await page.call('setTag', { key: 'stage', value: 'two\nlines' });
    await until('it is shown', () =>
      latest.run.tags.some(({ key, text }) => key === 'stage' && text === 'two\nlines'),
    );
    assert.match(JSON.stringify(await tagsNow()), /"stage"/);
    await page.call('setTag', { key: 'stage', value: undefined });
    await until('it is gone', () => latest.run.tags.every(({ key }) => key !== 'stage'));
    assert.doesNotMatch(JSON.stringify(await tagsNow()), /"stage"/);
  });

  it('says why a tag is not taken, without asking where that is known', async () => {
    await restored();
    await assert.rejects(
      page.call('setTag', { key: 'a//b', value: '1' }),
      /cannot start or end with a slash/,
    );
    await assert.rejects(
      page.call('setTag', { key: 'a', value: 'x'.repeat(8001) }),
      /holds at most 8000 characters; this has 8001/,
    );
    server.setFault('runs/set-tag', faults.forbidden);
    await assert.rejects(
      page.call('setTag', { key: 'a', value: '1' }),
      /does not allow you to do this \(403\)/,
    );
    server.clearFaults();
  });

  it('shows a description that its editor saves', async () => {
    await change('files.autoSave', 'off');
    await restored();
    await page.call('editNote', undefined);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, noteScheme);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '**better**'));
    await editor.document.save();
    await until('the page has it', () => latest.details?.note === '**better**');
    await change('files.autoSave', undefined);
  });

  it('says that a run is gone, and reads it when it is there again', async () => {
    await restored('gone');
    assert.equal(latest.run.standing, 'gone');
    assert.match(latest.readOnly ?? '', /gone from the server/);
  });

  it('tells least and greatest values', async () => {
    await restored();
    const { min, max, exact } = await page.call('extremes', { metrics: ['rmse'] });
    assert.deepEqual([...min, ...max], [0, 0.9]);
    assert.equal(exact.length, 1);
  });

  it('lists artifacts, and says why it cannot', async () => {
    await restored();
    const files = await page.call('artifacts', '');
    assert.ok(files.every(({ path: name }) => name !== ''));
    server.setFault('artifacts/list', faults.forbidden);
    await assert.rejects(page.call('artifacts', 'model'), /does not allow/);
  });

  it('opens no link that it did not hand out, and no address of another kind', async () => {
    await restored();
    await page.call('open', 'file /etc/passwd');
    await page.call('openAddress', 'command:workbench.action.quit');
    await page.call('openAddress', 'file:///etc/passwd');
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  describe('of a commit', () => {
    let folder: string;
    let hash: string;

    beforeEach(async () => {
      folder = await realpath(await mkdtemp(path.join(tmpdir(), 'a repository ')));
      const git = (...words: string[]): Promise<{ stdout: string }> =>
        run('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.example', ...words], {
          cwd: folder,
        });
      await git('init', '--quiet');
      await writeFile(path.join(folder, 'train.py'), 'lr = 1\n');
      await git('add', '.');
      await git('commit', '--quiet', '-m', 'first');
      hash = (await git('rev-parse', 'HEAD')).stdout.trim();
      await writeFile(path.join(folder, 'train.py'), 'lr = 2\n');
      await tag('mlflow.source.git.commit', hash);
    });

    afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

    const tag = async (key: string, value: string): Promise<void> => {
      const body = JSON.stringify({ run_id: '1r1', key, value });
      const init = { method: 'POST', body };
      assert.ok((await fetch(`${server.url}/api/2.0/mlflow/runs/set-tag`, init)).ok);
    };

    async function restoredWithCommit(): Promise<void> {
      const git = vscode.extensions.getExtension<{
        getAPI(version: 1): { openRepository(uri: vscode.Uri): Promise<unknown> };
      }>('vscode.git');
      const api = (await git?.activate())?.getAPI(1);
      await api?.openRepository(vscode.Uri.file(folder));
      await restored();
      await until('the commit was found', () => latest.details?.source.hasCommit === true);
    }

    it('says that no repository here has it', async () => {
      await restored();
      await assert.rejects(page.call('commit', 'diff'), /No repository of this window has commit/);
    });

    it('compares it with the files here, and checks it out beside them', async function () {
      this.timeout(30_000);
      await restoredWithCommit();
      await page.call('commit', 'diff');
      const tabs = (): readonly vscode.Tab[] =>
        vscode.window.tabGroups.all.flatMap((all) => all.tabs);
      await until('the changes are shown', () =>
        tabs().some(({ label }) => label.startsWith(hash.slice(0, 10))),
      );
      const beside = `${folder} $(touch pwned)`;
      const { showSaveDialog } = vscode.window;
      Object.assign(vscode.window, { showSaveDialog: async () => vscode.Uri.file(beside) });
      try {
        await page.call('commit', 'worktree');
        await until('it is checked out', async () =>
          run('git', ['-C', beside, 'rev-parse', 'HEAD']).then(
            (found) => found.stdout.trim() === hash,
            () => false,
          ),
        );
      } finally {
        Object.assign(vscode.window, { showSaveDialog });
        await rm(beside, { recursive: true, force: true, maxRetries: 3 });
      }
    });

    it('says nothing where the checkout is given up', async function () {
      this.timeout(30_000);
      await restoredWithCommit();
      const { showSaveDialog, withProgress, showInformationMessage } = vscode.window;
      const said: string[] = [];
      const givenUp = { onCancellationRequested: (listener: () => void) => listener() };
      Object.assign(vscode.window, {
        showSaveDialog: async () => vscode.Uri.file(`${folder} beside`),
        withProgress: (_: unknown, task: (...given: unknown[]) => unknown) => task({}, givenUp),
        showInformationMessage: async (text: string) => void said.push(text),
      });
      try {
        await page.call('commit', 'worktree');
        assert.deepEqual(said, []);
      } finally {
        Object.assign(vscode.window, { showSaveDialog, withProgress, showInformationMessage });
      }
    });

    it('takes nothing for a commit that Git could take for an option', async () => {
      await tag('mlflow.source.git.commit', '--output=x');
      await restored();
      await assert.rejects(page.call('commit', 'diff'), /does not name a commit of Git/);
    });
  });
});
