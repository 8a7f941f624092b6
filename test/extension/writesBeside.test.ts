import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import {
  activated,
  change,
  connect,
  rowOf,
  theExtension,
  type UnderTest,
  clearWindow,
} from './underTest';

/** Both servers have runs of the same ids. */
describe('changing things of two connections', () => {
  let extension: UnderTest;
  let one: FaultServer;
  let two: FaultServer;

  const connections = () => theExtension().exports.connections;
  const hostOf = ({ url }: FaultServer): string => url.replace('http://', '');
  const asked = ({ requests }: FaultServer, call: string): readonly unknown[] =>
    requests
      .filter(({ path }) => path.endsWith(`/${call}`))
      .map(({ body }) => JSON.parse(body) as unknown);

  before(async () => {
    extension = await activated();
    await change('files.autoSave', 'off');
  });

  beforeEach(async () => {
    one = await startFaultServer({ runs: 3 });
    two = await startFaultServer({ runs: 3 });
    await connect(extension, one.url);
    await connections().putBeside({ uri: two.url, namedBy: 'person' });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await clearWindow();
    for (const session of extension.sessions.all) {
      await connections().close(session);
    }
    await connections().forget(one.url);
    await connections().forget(two.url);
    await one.close();
    await two.close();
  });

  after(async () => {
    await change('files.autoSave', undefined);
    await change(settings.trackingUri, undefined);
  });

  async function runOn(server: FaultServer, label: string): Promise<Row> {
    const { experiments } = extension;
    const connection = rowOf(await experiments.getChildren(), hostOf(server));
    const experiment = rowOf(await experiments.getChildren(connection), 'experiment 1');
    return rowOf(await experiments.getChildren(experiment), label);
  }

  async function noteOf(row: Row): Promise<vscode.TextEditor> {
    await vscode.commands.executeCommand(commands.editRunNote, row, [row]);
    assert.ok(vscode.window.activeTextEditor);
    return vscode.window.activeTextEditor;
  }

  async function write(editor: vscode.TextEditor, text: string): Promise<boolean> {
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    return editor.document.save();
  }

  it('deletes the runs of each where they are, and Undo takes back the last', async () => {
    const rows = [await runOn(one, 'run 0'), await runOn(two, 'run 1')];
    await vscode.commands.executeCommand(commands.deleteRuns, rows[0], rows);
    assert.deepEqual(asked(one, 'runs/delete'), [{ run_id: '1r0' }]);
    assert.deepEqual(asked(two, 'runs/delete'), [{ run_id: '1r1' }]);
    await vscode.commands.executeCommand(commands.undoDelete);
    await vscode.commands.executeCommand(commands.undoDelete);
    assert.deepEqual(asked(one, 'runs/restore'), [{ run_id: '1r0' }]);
    assert.deepEqual(asked(two, 'runs/restore'), [{ run_id: '1r1' }]);
  });

  it('saves a description on the server of its run', async () => {
    const editor = await noteOf(await runOn(two, 'run 1'));
    assert.ok(await write(editor, 'on the second'));
    assert.deepEqual(asked(one, 'runs/set-tag'), []);
    assert.deepEqual(asked(two, 'runs/set-tag'), [
      { run_id: '1r1', key: 'mlflow.note.content', value: 'on the second' },
    ]);
  });

  it('edits the descriptions of runs of one id as two files', async () => {
    const first = (await noteOf(await runOn(one, 'run 1'))).document;
    const second = (await noteOf(await runOn(two, 'run 1'))).document;
    assert.notEqual(first.uri.toString(), second.uri.toString());
  });

  it('reads a description, as a reloaded window does, before anything is connected', async () => {
    const { uri } = (await noteOf(await runOn(two, 'run 1'))).document;
    extension.sessions.reset();
    assert.deepEqual(
      extension.sessions.all.map(({ connection }) => connection.status.kind),
      ['idle', 'idle'],
    );
    assert.equal((await vscode.workspace.fs.readFile(uri)).length, 0);
  });

  it('keeps in the editor what cannot be saved since its connection was closed', async () => {
    const editor = await noteOf(await runOn(two, 'run 1'));
    const [, second] = extension.sessions.all;
    assert.ok(second);
    await connections().close(second);
    assert.equal(await write(editor, 'kept'), false);
    assert.equal(editor.document.getText(), 'kept');
    await connections().putBeside({ uri: two.url, namedBy: 'person' });
    assert.ok(await editor.document.save());
    assert.equal(asked(two, 'runs/set-tag').length, 1);
  });
});
