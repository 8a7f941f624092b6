import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { openBrowser } from '../support/browser.mts';
import { JourneyMlflow } from '../support/journeyMlflow';
import { Workbench, eventually } from '../support/workbench';
import { type RunningProcess, processesIn } from '../support/workbenchProcesses';

describe('a workspace with a local store', function () {
  this.timeout(120_000);

  let folder: string;
  let browser: Browser;
  let bench: Workbench | undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'local-store-'));
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    const mlflow = await JourneyMlflow.start();
    const experimentId = await mlflow.createExperiment('kept in the folder');
    await mlflow.logRun({ experimentId, name: 'local run', status: 'FINISHED' });
    await mlflow.stop((database) => copyFile(database, path.join(workspace, 'mlflow.db')));
    browser = await openBrowser();
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      settings: { 'mlflow.interpreter': await ensurePython('demo') },
    });
  });

  after(async () => {
    await bench?.close();
    await browser?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  /** The processes of the server, which work in the folder of the store. */
  const servers = async (): Promise<readonly RunningProcess[]> => {
    const running = await processesIn(path.join(folder, 'workspace'));
    return running.filter(({ commandLine }) => /\bmlflow\b.*--port \d+/s.test(commandLine));
  };

  it('is read through a server of its own, started with progress', async () => {
    assert.ok(bench);
    await bench.openMlflow();
    const said = await eventually(
      'word of the start',
      () => bench?.notifications() ?? [],
      (messages) => messages.length > 0,
    );
    assert.match(said.join(), /Starting an MLflow server for sqlite:\/\/\//);
    const rows = await bench.untilRows('experiments', (texts) => texts.length > 1);
    assert.deepEqual(rows, ['kept in the folder', 'Default']);
    await bench.expand('kept in the folder');
    await bench.row('local run').waitFor();
    assert.notDeepEqual(await servers(), []);
  });

  it('ends the server when the extension host is killed', async () => {
    const started = await servers();
    const keeper = started.find(({ parentId }) => !started.some(({ id }) => id === parentId));
    assert.ok(keeper);
    process.kill(keeper.parentId, 'SIGKILL');
    await eventually(
      'the server to be gone',
      async () => (await servers()).filter(({ id }) => started.some((old) => old.id === id)),
      (left) => left.length === 0,
    );
  });

  it('leaves no server behind when the window is closed', async () => {
    await bench?.close();
    bench = undefined;
    await eventually('the server to be gone', servers, (lines) => lines.length === 0);
    const head = await readFile(path.join(folder, 'workspace', 'mlflow.db'));
    assert.equal(head.subarray(0, 15).toString(), 'SQLite format 3');
  });
});
