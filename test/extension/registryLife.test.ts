import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { faults } from '../support/faultServer';
import { quickPickStub } from './quickPickStub';
import { RegistryDesk } from './registryDesk';
import { rowOf, runsOf, sayAll, until } from './underTest';

describe('the life of registered models', () => {
  const desk = new RegistryDesk();
  before(() => desk.open());
  beforeEach(() => desk.begin());
  afterEach(() => desk.end());
  after(() => desk.close());

  it('names what is in use before it deletes a version', async () => {
    let placeHolder = '';
    const pick = (
      items: readonly { readonly label: string }[],
      options: { readonly placeHolder: string },
    ): Promise<unknown> => {
      ({ placeHolder } = options);
      return Promise.resolve(items.find(({ label }) => label.includes('Delete')));
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await desk.run(commands.deleteModelVersions, rowOf(await desk.rows(), 'Version 2'));
    assert.equal(
      placeHolder,
      'In use: version 2 is Production, @champion. It cannot be brought back.',
    );
    assert.equal(await desk.shown(), 'Version 1');
  });

  it('keeps a model that a person wants to keep, and deletes one', async () => {
    const names = async (): Promise<string> =>
      sayAll(await desk.extension.models.getChildren())
        .map((text) => text.split(' | ')[0])
        .join();
    const row = rowOf(await desk.extension.models.getChildren(), 'model 2');
    desk.choose('Keep');
    await desk.run(commands.deleteModel, row);
    assert.equal(await names(), 'model 1,model 2');
    desk.choose('Delete model 2 and its 2 versions');
    await desk.run(commands.deleteModel, row);
    assert.equal(await names(), 'model 1');
  });

  it('asks once for all that is selected, and takes versions with their model', async () => {
    const models = await desk.extension.models.getChildren();
    const versions = await desk.rows();
    desk.choose();
    await desk.run(commands.deleteModel, ...models);
    assert.deepEqual(desk.offered, ['$(trash) Delete 2 models and their 4 versions', 'Keep']);
    desk.choose('Delete');
    await desk.run(commands.deleteModel, rowOf(models, 'model 1'), ...versions);
    assert.deepEqual(desk.offered, ['$(trash) Delete model 1 and its 2 versions', 'Keep']);
    assert.deepEqual([desk.told, desk.asked('model-versions/delete')], [[], 0]);
    assert.equal((await desk.extension.models.getChildren()).length, 1);
  });

  it('asks again when a version came into use before the answer', async () => {
    const { store } = desk.extension.session;
    const asks: string[] = [];
    const pick = async (
      items: readonly unknown[],
      { placeHolder }: { readonly placeHolder: string },
    ): Promise<unknown> => {
      asks.push(placeHolder);
      await store?.setAlias('model 1', 'new', '1', new AbortController().signal);
      return asks.length === 1 ? items[0] : items[1];
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await desk.run(commands.deleteModelVersions, rowOf(await desk.rows(), 'Version 1'));
    assert.deepEqual(asks, [
      'A registry cannot bring back what was deleted.',
      'In use: version 1 is @new. It cannot be brought back.',
    ]);
    assert.equal(desk.asked('model-versions/delete'), 0);
  });

  it('deletes the rest where one of them may not be deleted', async () => {
    desk.server.setFault('registered-models/delete', faults.forbidden, { times: 1 });
    desk.choose('Delete');
    await desk.run(commands.deleteModel, ...(await desk.extension.models.getChildren()));
    assert.match(desk.told.join(), /^1 of 2 could not be deleted: .*does not allow you to do this/);
    assert.equal((await desk.extension.models.getChildren()).length, 1);
  });

  it('deletes with the Delete key the row that has the focus in the Models view', async () => {
    await until('the version is selected', async () => {
      await desk.extension.models.getChildren();
      await desk.extension.session.models?.showVersion('model 1', '1');
      await desk.extension.sidebar.revealModel(desk.extension.session, 'model 1', '1');
      return desk.extension.sidebar.modelSelection().some(({ kind }) => kind === 'version');
    });
    desk.choose('Delete model 1 version 1');
    await vscode.commands.executeCommand(commands.deleteModelSelection);
    assert.equal(await desk.shown(), 'Version 2 | Production @champion');
  });

  it('offers to register a folder once it is known to hold a model', async () => {
    const list = (...paths: readonly string[]): void =>
      desk.server.setFault(
        'artifacts/list',
        faults.json(
          JSON.stringify({
            root_uri: 'mlflow-artifacts:/1',
            files: paths.map((path) => ({ path, is_dir: !path.includes('ML') })),
          }),
        ),
      );
    const { experiments } = desk.extension;
    const ofRun = await experiments.getChildren(
      rowOf(await runsOf(desk.extension, 'experiment 1'), 'run 0'),
    );
    list('forest', 'notes');
    const artifacts = rowOf(ofRun, 'Artifacts');
    const forest = rowOf(await experiments.getChildren(artifacts), 'forest');
    assert.doesNotMatch(forest.item.contextValue ?? '', /;model\b/);
    list('forest/MLmodel');
    const file = rowOf(await experiments.getChildren(forest), 'MLmodel');
    assert.match(file.item.contextValue ?? '', /;model\b/);
    assert.match(forest.item.contextValue ?? '', /;model\b/);
    Object.assign(vscode.window, { createQuickPick: quickPickStub('', 'model 1') });
    await desk.run(commands.registerModel, forest);
    const made = desk.server.requests.find(({ path }) => path.endsWith('model-versions/create'));
    assert.equal(
      (JSON.parse(made?.body ?? '{}') as { source?: string }).source,
      'runs:/1r0/forest',
    );
    list('notes/a.txt');
    await desk.run(
      commands.registerModel,
      rowOf(await experiments.getChildren(artifacts), 'notes'),
    );
    assert.match(desk.told.join(), /The folder notes holds no file MLmodel/);
  });

  it('edits the description of a version as a file', async () => {
    await desk.run(commands.editModelNote, rowOf(await desk.rows(), 'Version 1'));
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /\/v1\/model 1\.md$/);
    await editor?.edit((edit) => edit.insert(new vscode.Position(0, 0), '# 설명'));
    assert.equal(await editor?.document.save(), true);
    const { store } = desk.extension.session;
    const now = await store?.getModelVersion('model 1', '1', new AbortController().signal);
    assert.equal(now?.description, '# 설명');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
