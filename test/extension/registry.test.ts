import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import { faults, startFaultServer } from '../support/faultServer';
import { quickPickStub } from './quickPickStub';
import { RegistryDesk } from './registryDesk';
import { change, connect, rowOf, runsOf, until } from './underTest';

describe('changing registered models', () => {
  const desk = new RegistryDesk();
  before(() => desk.open());
  beforeEach(() => desk.begin());
  afterEach(() => desk.end());
  after(() => desk.close());

  const atFirst = 'Version 2 | Production @champion, Version 1';

  it('promotes, archives who was there, tells it, and takes it back', async () => {
    desk.choose('archive version 2');
    desk.press = 'Undo';
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    await until('it is taken back', async () => (await desk.shown()) === atFirst);
    assert.deepEqual(desk.told, ['model 1 version 1 is now in Production (version 2 archived).']);
    assert.deepEqual(desk.offered, [
      'Move to stage Production and archive version 2',
      'Move to stage Production and keep version 2 there',
      'Set alias @production',
    ]);
    assert.equal(desk.asked('model-versions/transition-stage'), 3);
  });

  it('does nothing when the question is left', async () => {
    desk.choose();
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.equal(await desk.shown(), atFirst);
    assert.equal(desk.asked('model-versions/transition-stage'), 0);
  });

  it('asks nothing that the settings answer', async () => {
    await change(settings.promoteArchiveExisting, 'always');
    await change(settings.promoteMode, 'stage');
    desk.choose();
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.deepEqual(desk.offered, []);
    assert.equal(await desk.shown(), 'Version 2 | Archived @champion, Version 1 | Production');
  });

  it('promotes by alias where that is chosen', async () => {
    await change(settings.promoteMode, 'alias');
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.deepEqual(desk.told, ['model 1 version 1 is now @production.']);
    assert.match(await desk.shown(), /Version 1 \| @production/);
  });

  it('lets a version be chosen from the palette', async () => {
    Object.assign(vscode.window, { createQuickPick: quickPickStub('', 'model 1') });
    desk.choose('Version 1', 'keep');
    await vscode.commands.executeCommand(commands.promoteToProduction);
    assert.deepEqual(desk.told, ['model 1 version 1 is now in Production.']);
  });

  it('finds a model for the palette that the view has not read, or does not show', async () => {
    await desk.end();
    await desk.begin(250);
    desk.extension.session.models?.setSearch('model 3');
    Object.assign(vscode.window, { createQuickPick: quickPickStub('249', 'model 249') });
    desk.choose('Version 1', 'keep');
    await vscode.commands.executeCommand(commands.promoteToProduction);
    assert.deepEqual(desk.told, ['model 249 version 1 is now in Production.']);
  });

  it('promotes the version that was clicked on, whatever else is selected', async () => {
    await change(settings.promoteArchiveExisting, 'always');
    await change(settings.promoteMode, 'stage');
    const [newest, oldest] = await desk.rows();
    assert.ok(newest && oldest);
    await vscode.commands.executeCommand(commands.promoteToProduction, oldest, [newest, oldest]);
    assert.equal(await desk.shown(), 'Version 2 | Archived @champion, Version 1 | Production');
  });

  it('promotes the version that was made of a run, which is chosen where there are several', async () => {
    const row = rowOf(await runsOf(desk.extension, 'experiment 1'), 'run 0');
    desk.choose('model 1 v1', 'keep');
    await desk.run(commands.promoteToProduction, row);
    assert.deepEqual(desk.told, ['model 1 version 1 is now in Production.']);
  });

  it('says that no model is made of a run', async () => {
    const row = rowOf(await runsOf(desk.extension, 'experiment 1'), 'run 2');
    await desk.run(commands.promoteToProduction, row);
    await until('it is said', () => Promise.resolve(desk.told.length > 0));
    assert.deepEqual(desk.told, ['No registered model is made of run run 2.']);
  });

  it('makes no link of what a model is called', async () => {
    const { store } = desk.extension.session;
    const signal = new AbortController().signal;
    await store?.renameRegisteredModel('model 2', '[a](command:mlflow.refresh)', signal);
    await desk.extension.session.models?.reload();
    const row = rowOf(await desk.extension.models.getChildren(), '[a]');
    desk.choose('keep');
    await desk.run(
      commands.promoteToProduction,
      rowOf(await desk.extension.models.getChildren(row), 'Version 1'),
    );
    assert.match(
      desk.told.join(),
      /^\[a\] \(command:mlflow.refresh\) version 1 is now in Production/,
    );
  });

  it('asks again when somebody else was faster', async () => {
    await desk.rows();
    let questions = 0;
    const pick = async (items: readonly { readonly label: string }[]): Promise<unknown> => {
      questions++;
      if (questions === 1) {
        const { store } = desk.extension.session;
        await store?.transitionStage('model 1', '2', 'None', false, new AbortController().signal);
      }
      return items[0];
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.equal(questions, 2);
    assert.equal(await desk.shown(), 'Version 2 | @champion, Version 1 | Production');
  });

  it('says that a version is gone, and takes its row away', async () => {
    const [, row] = await desk.rows();
    assert.ok(row);
    const { store } = desk.extension.session;
    await store?.deleteModelVersion('model 1', '1', new AbortController().signal);
    desk.choose('archive');
    await desk.run(commands.promoteToProduction, row);
    assert.match(desk.told.join(), /model 1 version 1 does not exist any more/);
    assert.equal(await desk.shown(), 'Version 2 | Production @champion');
  });

  it('is told that a reader may not, and changes nothing', async () => {
    desk.server.setFault('model-versions/transition-stage', faults.forbidden);
    desk.choose('archive');
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.match(desk.told.join(), /does not allow you to do this \(403\)/);
    assert.equal(await desk.shown(), atFirst);
  });

  it('has succeeded when only the reply was lost', async () => {
    desk.server.setFault('model-versions/transition-stage', faults.carriedOutThenReset, {
      times: 1,
    });
    desk.choose('archive');
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    assert.deepEqual(desk.told, ['model 1 version 1 is now in Production (version 2 archived).']);
    assert.equal(desk.asked('model-versions/transition-stage'), 1);
  });

  it('offers the alias where a registry knows no stages', async () => {
    desk.server.setFault('model-versions/transition-stage', faults.html404);
    desk.choose('archive');
    desk.press = 'Set Alias @production';
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    await until('the alias is set', async () => /@production/.test(await desk.shown()));
    await until('that is told', () => Promise.resolve(desk.told.length === 2));
    assert.match(desk.told[0] ?? '', /This registry has no stages/);
    assert.equal(desk.told[1], 'model 1 version 1 is now @production.');
  });

  it('takes back what was done before an error half-way', async () => {
    const { store } = desk.extension.session;
    await store?.setAlias('model 1', 'production', '2', new AbortController().signal);
    desk.server.setFault('registered-models/alias', faults.forbidden);
    desk.choose('archive version 2; Move alias @production');
    desk.press = 'Undo';
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    await until('it is taken back', async () =>
      /^Version 2 \| Production @champion @production, Version 1$/.test(await desk.shown()),
    );
    assert.match(
      desk.told[0] ?? '',
      /is now in Production \(version 2 archived\)\. Not all of it was done/,
    );
  });

  it('moves a version out of the archive, never asking the server to archive others', async () => {
    desk.choose('Archived', 'None');
    await desk.run(commands.transitionStage, rowOf(await desk.rows(), 'Version 2'));
    assert.match(await desk.shown(), /^Version 2 \| Archived @champion/);
    desk.choose('None');
    await desk.run(commands.transitionStage, rowOf(await desk.rows(), 'Version 2'));
    assert.match(await desk.shown(), /^Version 2 \| @champion/);
    const bodies = desk.server.requests
      .filter(({ path }) => path.endsWith('transition-stage'))
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    assert.deepEqual(
      bodies.map((body) => body['archive_existing_versions']),
      [false, false],
    );
  });

  it('names who else came into a stage before it archives anybody', async () => {
    const { store } = desk.extension.session;
    const signal = new AbortController().signal;
    await store?.transitionStage('model 1', '2', 'Staging', false, signal);
    const runId = '1r0';
    const of = { source: 'runs:/1r0/model', runId, modelId: undefined, description: '', tags: [] };
    await store?.createModelVersion({ name: 'model 1', ...of }, signal);
    const asked: string[] = [];
    const pick = async (items: readonly { readonly label: string }[]): Promise<unknown> => {
      asked.push(items[0]?.label ?? '');
      if (asked.length === 2) {
        await store?.transitionStage('model 1', '3', 'Staging', false, signal);
      }
      return asked.length === 1 ? items.find(({ label }) => label === 'Staging') : items[0];
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await desk.run(commands.transitionStage, rowOf(await desk.rows(), 'Version 1'));
    assert.deepEqual(asked.slice(1), ['Archive version 2', 'Archive versions 3, 2']);
    assert.deepEqual(desk.told, ['model 1 version 1 is now in Staging (versions 3, 2 archived).']);
  });

  it('leaves an alias alone that somebody else has moved meanwhile', async () => {
    const { store } = desk.extension.session;
    const signal = new AbortController().signal;
    await store?.setAlias('model 1', 'other', '2', signal);
    const pick = async (items: readonly { readonly alias: string }[]): Promise<unknown> => {
      await store?.setAlias('model 1', 'champion', '1', signal);
      return items.find(({ alias }) => alias === 'champion');
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await desk.run(commands.deleteAlias, rowOf(await desk.rows(), 'Version 2'));
    assert.deepEqual(desk.told, ['Somebody has moved @champion meanwhile, so it was not deleted.']);
    assert.equal(await desk.shown(), 'Version 2 | Production @other, Version 1 | @champion');
  });

  it('deletes an alias, and brings it back', async () => {
    desk.press = 'Undo';
    await desk.run(commands.deleteAlias, rowOf(await desk.rows(), 'Version 2'));
    await until('it is back', async () => (await desk.shown()) === atFirst);
    assert.deepEqual(desk.told, ['model 1 version 2 is no longer @champion.']);
  });

  it('changes models in the registry of a server of its own', async () => {
    const elsewhere = await startFaultServer();
    await change(settings.registryUri, elsewhere.url);
    await connect(desk.extension, desk.server.url);
    desk.choose('archive');
    await desk.run(commands.promoteToProduction, rowOf(await desk.rows(), 'Version 1'));
    await change(settings.registryUri, undefined);
    const paths = elsewhere.requests.map(({ path }) => path);
    assert.ok(paths.some((path) => path.endsWith('transition-stage')));
    assert.equal(desk.asked('model-versions/transition-stage'), 0);
    await elsewhere.close();
  });
});
