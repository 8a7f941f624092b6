import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, connect, rowOf, sayAll, until, type UnderTest } from './underTest';

type Message = (text: string, ...actions: string[]) => Thenable<string | undefined>;
const kinds = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

describe('changing registered models', () => {
  let extension: UnderTest;
  let server: FaultServer;
  const original = Object.fromEntries(kinds.map((kind) => [kind, vscode.window[kind]]));
  const { showQuickPick } = vscode.window;
  /** What was told, and the way on that a person takes next. */
  let told: string[];
  let press: string | undefined;
  let offered: readonly string[];

  before(async () => {
    extension = await activated();
    await vscode.commands.executeCommand(`${views.models}.focus`);
  });

  beforeEach(async () => {
    server = await startFaultServer();
    await connect(extension, server.url);
    told = [];
    press = undefined;
    offered = [];
    for (const kind of kinds) {
      const answer: Message = (text, ...actions) => {
        told.push(text);
        const action = actions.find((each) => each === press);
        press = undefined;
        return Promise.resolve(action);
      };
      Object.assign(vscode.window, { [kind]: answer });
    }
  });

  afterEach(async () => {
    Object.assign(vscode.window, original, { showQuickPick });
    for (const id of [settings.promoteMode, settings.promoteArchiveExisting]) {
      await change(id, undefined);
    }
    await server.close();
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
  });

  /** Chooses what starts so in every pick; without one, every pick is left. */
  const choose = (...starts: readonly string[]): void => {
    const rest = [...starts];
    const pick = (items: readonly { readonly label: string }[]): Promise<unknown> => {
      offered = items.map(({ label }) => label);
      const start = rest.shift();
      return Promise.resolve(
        items.find(({ label }) => start !== undefined && label.includes(start)),
      );
    };
    Object.assign(vscode.window, { showQuickPick: pick });
  };
  const rows = async (): Promise<readonly Row[]> =>
    extension.models.getChildren(rowOf(await extension.models.getChildren(), 'model 1'));
  const shown = async (): Promise<string> => sayAll(await rows()).join(', ');
  const asked = (call: string): number =>
    server.requests.filter(({ path }) => path.endsWith(`/${call}`)).length;
  const run = (command: string, ...on: readonly Row[]): Thenable<unknown> =>
    vscode.commands.executeCommand(command, on[0], on);
  const atFirst = 'Version 2 | Production @champion, Version 1';

  it('promotes, archives who was there, tells it, and takes it back', async () => {
    choose('archive version 2');
    press = 'Undo';
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    await until('it is taken back', async () => (await shown()) === atFirst);
    assert.deepEqual(told, ['model 1 version 1 is now in Production (version 2 archived).']);
    assert.deepEqual(offered, [
      'Move to stage Production and archive version 2',
      'Move to stage Production and keep version 2 there',
      'Set alias @production',
    ]);
    assert.equal(asked('model-versions/transition-stage'), 3);
  });

  it('does nothing when the question is left', async () => {
    choose();
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.equal(await shown(), atFirst);
    assert.equal(asked('model-versions/transition-stage'), 0);
  });

  it('asks nothing that the settings answer', async () => {
    await change(settings.promoteArchiveExisting, 'always');
    await change(settings.promoteMode, 'stage');
    choose();
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.deepEqual(offered, []);
    assert.equal(await shown(), 'Version 2 | Archived @champion, Version 1 | Production');
  });

  it('promotes by alias where that is chosen', async () => {
    await change(settings.promoteMode, 'alias');
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.deepEqual(told, ['model 1 version 1 is now @production.']);
    assert.match(await shown(), /Version 1 \| @production/);
  });

  it('lets a version be chosen from the palette', async () => {
    choose('model 1', 'Version 1', 'keep');
    await vscode.commands.executeCommand(commands.promoteToProduction);
    assert.deepEqual(told, ['model 1 version 1 is now in Production.']);
  });

  it('asks again when somebody else was faster', async () => {
    await rows();
    let questions = 0;
    const pick = async (items: readonly { readonly label: string }[]): Promise<unknown> => {
      questions++;
      if (questions === 1) {
        const { store } = extension.session;
        await store?.transitionStage('model 1', '2', 'None', false, new AbortController().signal);
      }
      return items[0];
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.equal(questions, 2);
    assert.equal(await shown(), 'Version 2 | @champion, Version 1 | Production');
  });

  it('says that a version is gone, and takes its row away', async () => {
    const [, row] = await rows();
    assert.ok(row);
    const { store } = extension.session;
    await store?.deleteModelVersion('model 1', '1', new AbortController().signal);
    choose('archive');
    await run(commands.promoteToProduction, row);
    assert.match(told.join(), /model 1 version 1 does not exist any more/);
    assert.equal(await shown(), 'Version 2 | Production @champion');
  });

  it('is told that a reader may not, and changes nothing', async () => {
    server.setFault('model-versions/transition-stage', faults.forbidden);
    choose('archive');
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.match(told.join(), /does not allow you to do this \(403\)/);
    assert.equal(await shown(), atFirst);
  });

  it('has succeeded when only the reply was lost', async () => {
    server.setFault('model-versions/transition-stage', faults.carriedOutThenReset, { times: 1 });
    choose('archive');
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    assert.deepEqual(told, ['model 1 version 1 is now in Production (version 2 archived).']);
    assert.equal(asked('model-versions/transition-stage'), 1);
  });

  it('offers the alias where a registry knows no stages', async () => {
    server.setFault('model-versions/transition-stage', faults.html404);
    choose('archive');
    press = 'Set Alias @production';
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    await until('the alias is set', async () => /@production/.test(await shown()));
    assert.match(told[0] ?? '', /This registry has no stages/);
    assert.equal(told[1], 'model 1 version 1 is now @production.');
  });

  it('takes back what was done before an error half-way', async () => {
    const { store } = extension.session;
    await store?.setAlias('model 1', 'production', '2', new AbortController().signal);
    server.setFault('registered-models/alias', faults.forbidden);
    choose('archive version 2; Move alias @production');
    press = 'Undo';
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    await until('it is taken back', async () =>
      /^Version 2 \| Production @champion @production, Version 1$/.test(await shown()),
    );
    assert.match(
      told[0] ?? '',
      /is now in Production \(version 2 archived\)\. Not all of it was done/,
    );
  });

  it('moves a version out of the archive, never asking the server to archive others', async () => {
    choose('Archived', 'None');
    await run(commands.transitionStage, rowOf(await rows(), 'Version 2'));
    assert.match(await shown(), /^Version 2 \| Archived @champion/);
    choose('None');
    await run(commands.transitionStage, rowOf(await rows(), 'Version 2'));
    assert.match(await shown(), /^Version 2 \| @champion/);
    const bodies = server.requests
      .filter(({ path }) => path.endsWith('transition-stage'))
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    assert.deepEqual(
      bodies.map((body) => body['archive_existing_versions']),
      [false, false],
    );
  });

  it('deletes an alias, and brings it back', async () => {
    press = 'Undo';
    await run(commands.deleteAlias, rowOf(await rows(), 'Version 2'));
    await until('it is back', async () => (await shown()) === atFirst);
    assert.deepEqual(told, ['model 1 version 2 is no longer @champion.']);
  });

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
    await run(commands.deleteModelVersions, rowOf(await rows(), 'Version 2'));
    assert.equal(
      placeHolder,
      'In use: version 2 is Production, @champion. It cannot be brought back.',
    );
    assert.equal(await shown(), 'Version 1');
  });

  it('keeps a model that a person wants to keep, and deletes one', async () => {
    const names = async (): Promise<string> =>
      sayAll(await extension.models.getChildren())
        .map((text) => text.split(' | ')[0])
        .join();
    const row = rowOf(await extension.models.getChildren(), 'model 2');
    choose('Keep');
    await run(commands.deleteModel, row);
    assert.equal(await names(), 'model 1,model 2');
    choose('Delete model 2 and its 2 versions');
    await run(commands.deleteModel, row);
    assert.equal(await names(), 'model 1');
  });

  it('edits the description of a version as a file', async () => {
    await run(commands.editModelNote, rowOf(await rows(), 'Version 1'));
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /\/v1\/model 1\.md$/);
    await editor?.edit((edit) => edit.insert(new vscode.Position(0, 0), '# 설명'));
    assert.equal(await editor?.document.save(), true);
    const { store } = extension.session;
    const now = await store?.getModelVersion('model 1', '1', new AbortController().signal);
    assert.equal(now?.description, '# 설명');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('changes models in the registry of a server of its own', async () => {
    const elsewhere = await startFaultServer();
    await change(settings.registryUri, elsewhere.url);
    await connect(extension, server.url);
    choose('archive');
    await run(commands.promoteToProduction, rowOf(await rows(), 'Version 1'));
    await change(settings.registryUri, undefined);
    const paths = elsewhere.requests.map(({ path }) => path);
    assert.ok(paths.some((path) => path.endsWith('transition-stage')));
    assert.equal(asked('model-versions/transition-stage'), 0);
    await elsewhere.close();
  });
});
