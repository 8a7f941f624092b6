import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, noteScheme, settings } from '../../src/ids';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import {
  activated,
  change,
  connect,
  rowOf,
  runsOf,
  until,
  type UnderTest,
  clearWindow,
} from './underTest';

describe('descriptions', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    // In a browser VS Code saves by itself.
    await change('files.autoSave', 'off');
  });

  beforeEach(async () => {
    server = await startFaultServer({ runs: 3 });
    await connect(extension, server.url);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await clearWindow();
    await server.close();
  });

  after(async () => {
    await change('files.autoSave', undefined);
    await change(settings.trackingUri, undefined);
  });

  /** Sets the description on the server, as somebody else would. */
  async function setNote(value: string, runId = '1r1'): Promise<void> {
    const reply = await fetch(`${server.url}/api/2.0/mlflow/runs/set-tag`, {
      method: 'POST',
      body: JSON.stringify({ run_id: runId, key: 'mlflow.note.content', value }),
    });
    assert.ok(reply.ok);
  }

  async function noteOnServer(): Promise<string | undefined> {
    const reply = await fetch(`${server.url}/api/2.0/mlflow/runs/get?run_id=1r1`);
    const { run } = (await reply.json()) as {
      run: { data: { tags: { key: string; value: string }[] } };
    };
    return run.data.tags.find(({ key }) => key === 'mlflow.note.content')?.value;
  }

  async function opened(name = 'run 1'): Promise<vscode.TextEditor> {
    const row = rowOf(await runsOf(extension, 'experiment 1'), name);
    await vscode.commands.executeCommand(commands.editRunNote, row, [row]);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, noteScheme);
    return editor;
  }

  async function replace(editor: vscode.TextEditor, text: string): Promise<void> {
    const { document } = editor;
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    assert.ok(await editor.edit((edit) => edit.replace(all, text)));
  }

  it('open as Markdown under the name of the run, empty where there is none', async () => {
    const { document } = await opened();
    assert.deepEqual([document.languageId, document.getText()], ['markdown', '']);
    assert.match(document.uri.path, /^\/127\.0\.0\.1:\d+\/1r1\/run 1\.md$/);
  });

  it('are saved as the tag that MLflow reads, and show in the view at once', async () => {
    await setNote('# before');
    const editor = await opened();
    assert.equal(editor.document.getText(), '# before');
    await replace(editor, '# after\n\nkimchi 김치');
    assert.ok(await editor.document.save());
    assert.equal(await noteOnServer(), '# after\n\nkimchi 김치');
    const known = extension.session.experiments?.runs('1').run('1r1');
    assert.ok(known?.tags.some(({ value }) => value.startsWith('# after')));
    await replace(editor, 'again');
    assert.ok(await editor.document.save());
    assert.equal(await noteOnServer(), 'again');
  });

  it('are not written over what somebody else wrote meanwhile, whatever its size', async () => {
    await setNote('cat');
    const editor = await opened();
    await replace(editor, 'mine');
    await setNote('dog');
    assert.equal(await editor.document.save(), false);
    assert.equal(await noteOnServer(), 'dog');
    assert.deepEqual([editor.document.getText(), editor.document.isDirty], ['mine', true]);
  });

  it('are not written over what somebody else wrote the moment after they were saved', async () => {
    const editor = await opened();
    await replace(editor, 'mine');
    const written = server.nextRequest('runs/set-tag').then(() => setNote('hers'));
    assert.ok(await editor.document.save());
    await written;
    await replace(editor, 'mine again');
    assert.equal(await editor.document.save(), false);
    assert.equal(await noteOnServer(), 'hers');
  });

  it('follow what the views have read, as long as nothing is being edited', async () => {
    await setNote('old');
    const { document } = await opened();
    await setNote('new');
    await extension.session.reload();
    await until('the editor shows the new text', () => document.getText() === 'new');
    assert.equal(document.isDirty, false);
  });

  it('stay in the editor when they are too long for the server', async () => {
    const editor = await opened();
    await replace(editor, 'x'.repeat(8001));
    assert.equal(await editor.document.save(), false);
    assert.equal(await noteOnServer(), undefined);
    assert.equal(editor.document.getText().length, 8001);
    await replace(editor, 'x'.repeat(8000));
    assert.ok(await editor.document.save());
  });

  it('stay in the editor when the server cannot be reached, and can be saved later', async () => {
    const editor = await opened();
    await replace(editor, 'kept');
    await server.goDown();
    assert.equal(await editor.document.save(), false);
    assert.equal(editor.document.getText(), 'kept');
    await server.comeBack();
    assert.ok(await editor.document.save());
    assert.equal(await noteOnServer(), 'kept');
  });

  it('stay in the editor when the server does not allow it', async () => {
    const editor = await opened();
    await replace(editor, 'kept');
    server.setFault('runs/set-tag', faults.forbidden);
    assert.equal(await editor.document.save(), false);
    assert.equal(editor.document.isDirty, true);
  });

  it('of deleted runs can be read only', async () => {
    await setNote('over');
    const row = rowOf(await runsOf(extension, 'experiment 1'), 'run 1');
    await vscode.commands.executeCommand(commands.deleteRuns, row, [row]);
    extension.session.experiments?.setLifecycle('deleted');
    const { document } = await opened();
    assert.equal(document.getText(), 'over');
    const { permissions } = await vscode.workspace.fs.stat(document.uri);
    assert.equal(permissions, vscode.FilePermission.Readonly);
    extension.session.experiments?.setLifecycle('active');
  });

  it('of experiments are edited the same way', async () => {
    const row = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    await vscode.commands.executeCommand(commands.editExperimentNote, row, [row]);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await replace(editor, 'about it');
    assert.ok(await editor.document.save());
    const { body } =
      server.requests.findLast(({ path }) => path.endsWith('set-experiment-tag')) ?? {};
    assert.deepEqual(JSON.parse(body ?? ''), {
      experiment_id: '2',
      key: 'mlflow.note.content',
      value: 'about it',
    });
  });

  it('stay in the editor, whole, when the server kept only a part of them', async () => {
    const row = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    await vscode.commands.executeCommand(commands.editExperimentNote, row, [row]);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    await replace(editor, 'x'.repeat(5000));
    assert.ok(await editor.document.save());
    server.setFault('experiments/set-experiment-tag', faults.json('{}'));
    await replace(editor, 'x'.repeat(5001));
    assert.equal(await editor.document.save(), false);
    assert.equal(editor.document.getText().length, 5001);
  });

  it('cannot be deleted or renamed through the file system', async () => {
    const { uri } = (await opened()).document;
    const other = uri.with({ path: uri.path.replace('run 1', 'run 9') });
    await assert.rejects(async () => vscode.workspace.fs.delete(uri));
    await assert.rejects(async () => vscode.workspace.fs.rename(uri, other));
  });

  it('of nothing that exists are not found', async () => {
    const { uri } = (await opened()).document;
    for (const query of ['', 'run=1r1', 'on=x', uri.query.replace('1r1', '1r9')]) {
      await assert.rejects(async () => vscode.workspace.fs.readFile(uri.with({ query })), query);
    }
  });

  it('of a server that this window is not connected to say so', async () => {
    const { uri } = (await opened()).document;
    const elsewhere = uri.with({ query: 'run=1r1&on=http://other' });
    await assert.rejects(async () => vscode.workspace.fs.readFile(elsewhere), /not connected to/);
  });
});
