import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import {
  activated,
  change,
  connect,
  rowOf,
  runsOf,
  say,
  sayAll,
  until,
  type UnderTest,
} from './underTest';

const experimentNames = ['experiment 1', 'experiment 2', 'experiment 3'];

describe('changing experiments and runs', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
  });

  beforeEach(async () => {
    server = await startFaultServer({ runs: 5 });
    await connect(extension, server.url);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    extension.session.experiments?.setLifecycle('active');
    await server.close();
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
  });

  const roots = async (): Promise<readonly string[]> =>
    sayAll(await extension.experiments.getChildren());
  const runs = (): Promise<readonly Row[]> => runsOf(extension, 'experiment 1');
  const names = async (): Promise<string> =>
    (await runs()).map((row) => say(row).split(' | ')[0]).join();
  const asked = (call: string): number =>
    server.requests.filter(({ path }) => path.endsWith(`/${call}`)).length;
  const run = (command: string, ...rows: readonly Row[]): Thenable<unknown> =>
    vscode.commands.executeCommand(command, rows[0], rows);

  /** Selects so many runs from `run 1` on; while a view is drawn anew it may lose what is selected. */
  const selectRuns = (count: number): Promise<void> =>
    until(`${count} runs are selected`, async () => {
      await runs();
      await extension.sidebar.revealRun(extension.session, '1', '1r1');
      for (let more = 1; more < count; more++) {
        await vscode.commands.executeCommand('list.expandSelectionDown');
      }
      const selected = extension.sidebar.selection();
      return selected.length === count && selected.every(({ kind }) => kind === 'run');
    });

  it('deletes the selected runs at once, without asking anything anew', async () => {
    const rows = await runs();
    const before = asked('runs/search');
    await run(commands.deleteRuns, rowOf(rows, 'run 1'), rowOf(rows, 'run 3'));
    assert.equal(await names(), 'run 0,run 2,run 4');
    assert.equal(asked('runs/delete'), 2);
    assert.equal(asked('runs/search'), before);
  });

  it('undoes the last deletion, and only that', async () => {
    const rows = await runs();
    await run(commands.deleteRuns, rowOf(rows, 'run 1'));
    await run(commands.deleteRuns, rowOf(rows, 'run 3'), rowOf(rows, 'run 4'));
    await run(commands.undoDelete);
    assert.equal(await names(), 'run 0,run 2,run 3,run 4');
    assert.equal(asked('runs/restore'), 2);
  });

  it('keeps what could not be deleted', async () => {
    const rows = await runs();
    server.setFault('runs/delete', faults.refused('INVALID_STATE', 'not now'), { after: 1 });
    await run(commands.deleteRuns, ...rows);
    assert.equal((await runs()).length, 4);
    server.clearFaults();
    await run(commands.undoDelete);
    assert.equal((await runs()).length, 5);
  });

  it('stops asking once a reader is told that this is not allowed', async () => {
    await server.close();
    server = await startFaultServer({ runs: 100 });
    await connect(extension, server.url);
    server.setFault('runs/delete', faults.forbidden);
    await run(commands.deleteRuns, ...(await runs()));
    assert.ok(asked('runs/delete') <= 8, String(asked('runs/delete')));
    assert.equal((await runs()).length, 100);
  });

  it('keeps what a server that goes away has not deleted, and undoes the rest later', async () => {
    await server.close();
    server = await startFaultServer({ runs: 40 });
    await connect(extension, server.url);
    const rows = await runs();
    server.setFault('*', { kind: 'reset' }, { after: 10 });
    await run(commands.deleteRuns, ...rows);
    const deleted = extension.session.writes?.lastDeletion?.things ?? [];
    assert.equal(deleted.length, 10);
    assert.equal((await runs()).length, 30);
    server.clearFaults();
    await run(commands.undoDelete);
    assert.equal((await runs()).length, 40);
  });

  it('deletes an experiment with its runs, not some of them by themselves as well', async () => {
    const rows = await runs();
    const experiment = rowOf(await extension.experiments.getChildren(), 'experiment 1');
    await run(commands.deleteSelection, experiment, ...rows);
    assert.deepEqual([asked('experiments/delete'), asked('runs/delete')], [1, 0]);
    await run(commands.undoDelete);
    assert.equal((await runs()).length, 5);
  });

  it('deletes what a lost reply has deleted, and no more', async () => {
    const rows = await runs();
    server.setFault('runs/delete', faults.carriedOutThenReset, { times: 1 });
    await run(commands.deleteRuns, rowOf(rows, 'run 2'));
    assert.equal(await names(), 'run 0,run 1,run 3,run 4');
    assert.equal(asked('runs/delete'), 1);
  });

  it('restores runs out of the list of deleted ones', async () => {
    await run(commands.deleteRuns, ...(await runs()).slice(0, 2));
    extension.session.experiments?.setLifecycle('deleted');
    const deleted = await runs();
    assert.equal(deleted.length, 2);
    await run(commands.restoreRuns, ...deleted);
    assert.deepEqual(sayAll(await runs()), [' | No deleted runs']);
    extension.session.experiments?.setLifecycle('active');
    assert.equal((await runs()).length, 5);
  });

  it('deletes an experiment, brings it back with Undo, and does it again', async () => {
    const row = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    await run(commands.deleteExperiment, row);
    assert.deepEqual(await roots(), ['experiment 1', 'experiment 3']);
    await run(commands.undoDelete);
    assert.deepEqual(await roots(), experimentNames);
    extension.session.experiments?.setLifecycle('deleted');
    const again = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    await run(commands.deleteExperiment, again);
    const deleted = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    assert.match(deleted.item.contextValue ?? '', /;deleted/);
    await run(commands.restoreExperiment, deleted);
    const restored = rowOf(await extension.experiments.getChildren(), 'experiment 2');
    assert.doesNotMatch(restored.item.contextValue ?? '', /;deleted/);
  });

  it('deletes with the Delete key what has the focus, not what is selected elsewhere', async () => {
    await selectRuns(1);
    await vscode.commands.executeCommand('list.focusDown');
    await run(commands.deleteSelection);
    assert.equal(await names(), 'run 0,run 1,run 3,run 4');
  });

  it('deletes with the Delete key all that is selected, when the focus is among it', async () => {
    await selectRuns(3);
    await run(commands.deleteSelection);
    assert.equal(await names(), 'run 0,run 4');
  });

  it('leaves keys alone while the connection is opened anew, when the focus may move', async () => {
    await selectRuns(1);
    const gate = server.nextRequest('experiments/search');
    server.setFault('experiments/search', { kind: 'slow', milliseconds: 2000 });
    extension.sessions.reset();
    const reading = extension.experiments.getChildren();
    await gate;
    await assert.rejects(extension.sidebar.keyed('experiments'), /being read anew/);
    await reading;
    assert.equal(asked('runs/delete'), 0);
  });

  it('forgets what was deleted when it connects anew', async () => {
    await run(commands.deleteRuns, ...(await runs()).slice(0, 1));
    assert.ok(extension.session.writes?.lastDeletion);
    await connect(extension, server.url);
    assert.equal(extension.session.writes?.lastDeletion, undefined);
  });

  it('asks nothing of the server for a name that MLflow would refuse', async () => {
    const done = vscode.commands.executeCommand(commands.createExperiment);
    await until('the input takes Enter', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return true;
    });
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await done;
    assert.equal(asked('experiments/create'), 0);
  });
});
