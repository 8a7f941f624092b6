import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Target } from '../../src/mlflow/target';
import { ArtifactStub } from '../support/artifactStub';
import { writeTree } from '../support/writeTree';
import { makeSandbox, type Sandbox } from '../unit/downloads/sandbox';
import { StandIns } from './standIns';
import { activated, change, connect, until } from './underTest';

describe('files and artifacts', () => {
  let server: ArtifactStub;
  let sandbox: Sandbox;
  let person: StandIns;

  before(async () => {
    server = await new ArtifactStub().start();
    await connect(await activated(), server.url);
  });

  beforeEach(async () => {
    server.reset();
    sandbox = await makeSandbox();
    person = new StandIns();
  });

  afterEach(async () => {
    person.restore();
    await sandbox.remove();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const run: Target = { kind: 'run', experimentId: '1', runId: '1r0' };
  const fileOf = (runId: string, path: string): Target => ({
    ...{ kind: 'artifact', ownerName: `run ${runId}`, isDirectory: false, size: undefined },
    place: { owner: { kind: 'run', runId }, path },
  });

  describe('logged as artifacts', () => {
    it('go to the run and folder that are chosen, without links, and ask before they replace', async () => {
      await writeTree(sandbox.target, { 'plots/a.txt': 'a', 'plots/deep/b.txt': 'b' });
      await symlink('/etc/hostname', join(sandbox.target, 'plots', 'secret'));
      person.folder = vscode.Uri.file(join(sandbox.target, 'plots'));
      person.pick = (title) => (title.startsWith('Log as Artifact') ? 'Other Folder…' : undefined);
      person.type = '/val/x/';
      const log = (): Thenable<unknown> =>
        vscode.commands.executeCommand(commands.logArtifact, { target: run });
      await log();
      assert.deepEqual(server.uploads.toSorted(), ['val/x/plots/a.txt', 'val/x/plots/deep/b.txt']);
      assert.match(
        person.last.text,
        /^Uploaded 2 files \(2 B\) to run 0\. 1 were left out, since links are not followed: plots\/secret/,
      );

      await writeTree(sandbox.target, { 'plots/a.txt': 'new a', 'plots/c.txt': 'c' });
      await log();
      const title = 'run 0 Has 2 of These Artifacts Already';
      assert.deepEqual(person.asked.at(-1), { title, labels: ['Replace', 'Skip'] });
      assert.equal(server.uploads.length, 2);

      const before = person.pick;
      person.pick = (asked) => (asked === title ? 'Skip' : before(asked));
      await log();
      assert.deepEqual(server.uploads.slice(2), ['val/x/plots/c.txt']);
      assert.equal(String(server.files.get('val/x/plots/a.txt')), 'a');
    });

    it('are refused where they are on no disk', async () => {
      const document = await vscode.workspace.openTextDocument({ content: 'x' });
      await vscode.commands.executeCommand(commands.logArtifact, document.uri);
      assert.match(person.last.text, /is not a file on a disk/);
    });
  });

  describe('compared', () => {
    const tabs = (): readonly vscode.Tab[] =>
      vscode.window.tabGroups.all.flatMap((all) => all.tabs);

    it('open in the diff editor, named after both runs, where they are texts', async () => {
      server.files.set('params/a.yaml', Buffer.from('alpha: 1\n'));
      const rows = ['1r0', '1r1'].map((id) => ({ target: fileOf(id, 'params/a.yaml') }));
      await vscode.commands.executeCommand(commands.compareArtifact, rows[0], rows);
      await until('the editor is there', () =>
        tabs().some(({ label }) => label === 'a.yaml: run 1r0 ↔ run 1r1'),
      );
      const input = tabs()[0]?.input as vscode.TabInputTextDiff;
      const texts = await Promise.all(
        [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
      );
      assert.deepEqual(
        texts.map((text) => [text.getText(), text.languageId]),
        [
          ['alpha: 1\n', 'yaml'],
          ['alpha: 1\n', 'yaml'],
        ],
      );
      assert.deepEqual(person.said, []);
    });

    it('are two at a time where they are no pictures, and need a file', async () => {
      const rows = ['1r0', '1r1', '1r2'].map((id) => ({ target: fileOf(id, 'a.txt') }));
      await vscode.commands.executeCommand(commands.compareArtifact, rows[0], rows);
      assert.match(person.last.text, /^3 files are selected; other than pictures/);
      await vscode.commands.executeCommand(commands.compareArtifact, { target: run });
      assert.match(person.last.text, /^Select a file among the artifacts first/);
    });
  });

  describe('shown in TensorBoard', () => {
    it('have to be event files, and need a Python that has it', async () => {
      await change(settings.interpreter, join(sandbox.target, 'no-python'));
      try {
        await vscode.commands.executeCommand(commands.openTensorBoard, { target: run });
        assert.match(person.last.text, /^No Python with TensorBoard was found.*pip install/);
      } finally {
        await change(settings.interpreter, undefined);
      }
    });
  });
});
