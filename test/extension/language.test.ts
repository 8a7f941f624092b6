import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { projectLanguage } from '../../src/ids';
import type { RunningClient } from '../../src/language/client';
import { theExtension, until } from './underTest';

describe('files of projects', function () {
  this.timeout(60_000);
  let parent: vscode.Uri;
  let folder: vscode.Uri;

  before(async () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    parent = vscode.Uri.joinPath(workspace.uri, 'projects');
    await theExtension().activate();
  });

  // Each in a folder of its own: the editor keeps texts for a while after they were closed.
  beforeEach(async function () {
    const { title = '' } = this.currentTest ?? {};
    folder = vscode.Uri.joinPath(parent, title.replaceAll(/\W+/g, '-'));
    await vscode.workspace.fs.createDirectory(folder);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.workspace.fs.delete(parent, { recursive: true });
  });

  async function running(): Promise<RunningClient> {
    const { language } = await theExtension().activate();
    await until('the client runs', () => language.running !== undefined);
    assert.ok(language.running);
    await language.running.started;
    return language.running;
  }

  async function opened(name: string, text: string): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }

  function errors({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
    return vscode.languages
      .getDiagnostics(uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  }

  async function fixes(
    document: vscode.TextDocument,
    range: vscode.Range,
  ): Promise<vscode.CodeAction[]> {
    return vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
  }

  async function take(action: vscode.CodeAction | undefined): Promise<void> {
    assert.ok(action?.edit, 'there is no such fix');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }

  // Stays the first: nothing before it opens a file of this kind.
  it('load the language client only when one is opened', async () => {
    const { language } = await theExtension().activate();
    assert.equal(language.running, undefined);
    await opened('notes.yaml', 'a: 1\n');
    assert.equal(language.running, undefined);
    await opened('MLproject', 'name: x\n');
    await running();
  });

  it('are known by their name, in any case', async () => {
    for (const name of ['mlproject', 'MLPROJECT', 'MLproject']) {
      const { document } = await opened(`${name}-folder/${name}`, 'name: x\n');
      assert.equal(document.languageId, projectLanguage);
    }
    assert.equal((await opened('MLmodel', 'run_id: x\n')).document.languageId, 'yaml');
  });

  it('get a squiggle while they are typed, and lose it with the fix', async () => {
    const text =
      'entry_points:\n  main:\n    parameters:\n      alpha: float\n    command: python train.py ';
    const editor = await opened('MLproject', text);
    const { document } = editor;
    await running();
    assert.ok(
      await editor.edit((edit) => edit.insert(document.positionAt(text.length), '{alhpa}')),
    );
    await until('there is an error', () => errors(document).length === 1);
    const [error] = errors(document);
    assert.ok(error);
    assert.equal(document.getText(error.range).replaceAll(/[{}]/g, ''), 'alhpa');
    let fix: vscode.CodeAction | undefined;
    await until('there is a fix', async () => {
      fix = (await fixes(document, error.range)).find(({ title }) => title.includes('alpha'));
      return fix !== undefined;
    });
    await take(fix);
    assert.match(document.getText(), /\{alpha\}$/);
    await until('there is no error', () => errors(document).length === 0);
  });

  it('are looked at again when a file they name appears', async () => {
    const text = 'python: "3.11.9"\ndependencies:\n  - -r needed.txt\n';
    const { document } = await opened('python_env.yaml', text);
    await until('there is an error', () => errors(document).length === 1);
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder, 'needed.txt'),
      Buffer.from('numpy\n'),
    );
    await until('there is no error', () => errors(document).length === 0);
  });

  it('rename a parameter in the project and its sweep', async () => {
    await opened('sweep.yaml', 'method: grid\nparameters:\n  lr:\n    values: [0.1, 0.01]\n');
    const text =
      'entry_points:\n  main:\n    parameters:\n      lr: float\n    command: python x.py {lr}\n';
    const { document } = await opened('MLproject', text);
    await running();
    let edit: vscode.WorkspaceEdit | undefined;
    await until('there is an answer', async () => {
      edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        document.positionAt(text.indexOf('lr: float') + 1),
        'learning_rate',
      );
      return edit.size === 2;
    });
    assert.ok(edit);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText(), text.replaceAll('lr', 'learning_rate'));
    const sweep = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(folder, 'sweep.yaml'),
    );
    assert.match(sweep.getText(), /learning_rate:/);
    await vscode.workspace.saveAll();
  });

  it('show what a key means', async () => {
    const { document } = await opened('python_env.yaml', 'python: "3.11.9"\n');
    await running();
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 1),
    );
    const [content] = hover?.contents ?? [];
    assert.match((content as vscode.MarkdownString).value, /Python/);
  });

  it('are looked after again when the server was killed, and that is said once', async () => {
    const { document } = await opened('python_env.yaml', 'python: 3.10\n');
    await until('there is an error', () => errors(document).length === 1);
    const told: string[] = [];
    const { showWarningMessage } = vscode.window;
    vscode.window.showWarningMessage = (message: string) => {
      told.push(message);
      return Promise.resolve(undefined);
    };
    try {
      const client = await running();
      for (const [line, times] of [['x: 1\n', 2] as const, ['y: 1\n', 3] as const]) {
        const before = client.serverProcess();
        assert.ok(before);
        process.kill(before, 'SIGKILL');
        await until('another server runs', () => {
          const now = client.serverProcess();
          return now !== undefined && now !== before;
        });
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(1, 0), line);
        assert.ok(await vscode.workspace.applyEdit(edit));
        await until('it says more', () => errors(document).length === times);
      }
      assert.equal(told.length, 1, told.join(' / '));
      assert.match(told[0] ?? '', /started again/);
    } finally {
      vscode.window.showWarningMessage = showWarningMessage;
    }
  });

  it('find where their requirements are', async () => {
    await opened('needed.txt', 'numpy\n');
    const text = 'python: "3.11.9"\ndependencies:\n  - -r needed.txt\n';
    const { document } = await opened('python_env.yaml', text);
    await running();
    let links: vscode.DocumentLink[] = [];
    await until('there is a link', async () => {
      links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return links.length > 0;
    });
    assert.deepEqual(
      links.map(({ target }) => target?.path.split('/').at(-1)),
      ['needed.txt'],
    );
  });
});
