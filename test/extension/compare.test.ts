import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { activated, change, connect, runsOf, until } from './underTest';
import type { UnderTest } from './underTest';

const compareTabs = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      return input instanceof vscode.TabInputWebview && input.viewType.endsWith('mlflow.compare');
    });

describe('Compare Selected Runs', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 1, runs: 25 });
    await connect(extension, server.url);
  });

  afterEach(async () => {
    await vscode.window.tabGroups.close(compareTabs());
    server.clearFaults();
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const select = async (count: number): Promise<readonly unknown[]> =>
    (await runsOf(extension, 'experiment 1')).slice(0, count);

  const compare = async (count: number): Promise<void> => {
    const rows = await select(count);
    await vscode.commands.executeCommand(commands.compareRuns, rows[0], rows);
  };

  it('opens a page named after how many there are', async () => {
    await compare(3);
    await until('the page is there', () => compareTabs().length === 1);
    assert.deepEqual(
      compareTabs().map(({ label }) => label),
      ['Compare: 3 runs'],
    );
  });
});
