import assert from 'node:assert/strict';
import { settings, views } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import * as vscode from 'vscode';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, connect, runsOf, say, sayAll, stays, until } from './underTest';
import type { UnderTest } from './underTest';
import { runsReply } from './wireRun';

const id = (digit: string): string => digit.repeat(32);
const rmse = (value: number): object => ({ key: 'rmse', value, timestamp: 1, step: 0 });

describe('rows', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 2 });
  });

  beforeEach(async () => {
    server.clearFaults();
    await change(settings.refreshInterval, undefined);
    await connect(extension, server.url);
  });

  after(async () => {
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    await change(settings.refreshInterval, undefined);
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const runs = (): Promise<readonly Row[]> => runsOf(extension, 'experiment 1');

  it('stay the same objects, under the same ids, over a refresh', async () => {
    const roots = await extension.experiments.getChildren();
    const before = await runs();
    await extension.session.reload();
    assert.ok((await extension.experiments.getChildren()).every((row, at) => row === roots[at]));
    const after = await runs();
    assert.ok(after.every((row, at) => row === before[at]));
    assert.deepEqual(
      after.map(({ item }) => item.id),
      before.map((row) => row.id),
    );
  });

  it('stay the same objects over a failure in between', async () => {
    const before = await runs();
    server.setFault('runs/search', faults.internalError);
    await extension.session.reload();
    await runs();
    server.clearFaults();
    await extension.session.reload();
    assert.ok((await runs()).every((row, at) => row === before[at]));
  });

  it('know their parents, as revealing one needs', async () => {
    const [first] = await runs();
    assert.ok(first);
    const parent = extension.experiments.getParent(first);
    assert.equal(parent && say(parent), 'experiment 1');
    assert.equal(parent && extension.experiments.getParent(parent), undefined);
  });

  const live = (value: number): string =>
    runsReply(
      { id: id('1'), name: 'live', status: 'RUNNING', metrics: [rmse(value)] },
      { id: id('2'), name: 'done', metrics: [rmse(1)] },
    );
  /** Opens an experiment with a run in progress in the view, as somebody who looks for the run does. */
  const lookAtLiveRun = async (): Promise<void> => {
    await change(settings.refreshInterval, 1);
    server.setFault('runs/search', faults.json(live(0.5)));
    await connect(extension, server.url);
    await runs();
    await extension.sidebar.revealRun(extension.session, '1', id('1'));
    await until('a refresh is due', () => extension.session.isWaiting);
  };

  /** A refresh that was under way may end, but no other follows, whose timer would be seen. */
  const nothingIsDue = async (): Promise<void> => {
    await until('no refresh is due', () => !extension.session.isWaiting);
    const asked = server.requests.length;
    await stays('no refresh is due', 1500, () => !extension.session.isWaiting);
    assert.ok(server.requests.length <= asked + 1, 'the server was asked again');
  };

  it('of running runs follow the server while they are in sight', async () => {
    await lookAtLiveRun();
    const before = await runs();
    server.setFault('runs/search', faults.json(live(0.25)));
    await until('the row tells the new value', async () => {
      return /rmse 0\.25/.test(say((await runs())[0] as Row));
    });
    assert.ok((await runs()).every((row, at) => row === before[at]));
  });

  it('wait for nothing when they are out of sight', async () => {
    await lookAtLiveRun();
    await vscode.commands.executeCommand('workbench.view.explorer');
    await nothingIsDue();
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    await until('a refresh is due again', () => extension.session.isWaiting);
  });

  it('wait for nothing when every run has ended', async () => {
    await lookAtLiveRun();
    const ended = runsReply({ id: id('1'), name: 'live', metrics: [rmse(0.1)] });
    server.setFault('runs/search', faults.json(ended));
    await until('the run has ended', async () =>
      sayAll(await runs())
        .join()
        .includes('rmse 0.1'),
    );
    await nothingIsDue();
  });

  it('wait for nothing while refreshing is turned off', async () => {
    await lookAtLiveRun();
    await change(settings.refreshInterval, 0);
    await nothingIsDue();
    await change(settings.refreshInterval, 1);
    await until('a refresh is due again', () => extension.session.isWaiting);
  });

  it('go on being refreshed when the connection is opened anew below them', async () => {
    await lookAtLiveRun();
    extension.session.reconnect();
    assert.equal(extension.session.isWaiting, false);
    await until('a refresh is due again', () => extension.session.isWaiting);
  });
});
