import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { openBrowser } from '../support/browser.mts';
import { TrainingScript } from '../support/trainingScript';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';
import { type RunningProcess, processesIn } from '../support/workbenchProcesses';

/** Nothing shows for its sake in the time that a test takes. */
const rarely = { 'mlflow.refreshInterval': 3600 };

for (const [kind, trackingUri, files] of [
  ['a database', 'sqlite:///mlflow.db', ['mlflow.db']],
  ['a folder of files', './mlruns', ['mlruns']],
] as const) {
  describe(`a workspace with ${kind}`, function () {
    this.timeout(120_000);

    let folder: string;
    let workspace: string;
    let script: TrainingScript;
    let browser: Browser;
    let bench: Workbench | undefined;

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'local-store-'));
      workspace = path.join(folder, 'workspace');
      await mkdir(workspace);
      script = await TrainingScript.start(
        await ensurePython('demo'),
        trackingUri,
        workspace,
        folder,
      );
      browser = await openBrowser();
      bench = await Workbench.open(browser, folder, {
        extensionDevelopmentPath: process.cwd(),
        settings: rarely,
        env: { PATH: path.dirname(process.execPath) },
      });
    });

    after(async () => {
      await bench?.close();
      await browser?.close();
      await script?.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    pictureOfFailure(() => bench);

    /** The processes of a server, which work in the folder of the store. */
    const servers = async (): Promise<readonly RunningProcess[]> => {
      const running = await processesIn(workspace);
      return running.filter(({ commandLine }) => /\bmlflow\b.*--port \d+/s.test(commandLine));
    };
    const untilRow = (label: RegExp): Promise<unknown> =>
      eventually(
        `a row ${String(label)}`,
        () => bench?.texts() ?? [],
        (texts) => texts.some((text) => label.test(text)),
      );

    it('is read with no Python and no process, and nothing is left beside it', async () => {
      assert.ok(bench);
      await bench.openMlflow();
      await bench.untilRows('experiments', (texts) => texts.join() === 'lab,Default');
      await bench.expand('lab');
      await untilRow(/^first.*0\.5/);
      await bench.screenshot(`local-${kind.replaceAll(' ', '-')}`);
      assert.deepEqual(await servers(), []);
      assert.doesNotMatch((await bench.notifications()).join(), /MLflow/);
      assert.deepEqual((await readdir(workspace)).sort(), files);
    });

    it('shows what a training script logs, without a refresh', async () => {
      await script.do('start second');
      await untilRow(/^second/);
      await script.do('log 0.25 1');
      await untilRow(/^second.*0\.25/);
      await script.do('log 0.125 2');
      await untilRow(/^second.*0\.125/);
      await script.do('end');
      await untilRow(/^second.*0\.125/);
      await script.do('experiment later');
      await untilRow(/^later/);
    });

    it('says what to install when it is to be changed and there is no MLflow', async () => {
      assert.ok(bench);
      await bench.row('second').click();
      await bench.page.keyboard.press('Delete');
      await eventually(
        'the sentence',
        () => bench?.notifications() ?? [],
        (said) =>
          said.some((text) => /no Python with MLflow was found.*pip install mlflow/.test(text)),
      );
      await bench.row('second').waitFor();
    });

    it('is changed through a server of its own, started with progress', async () => {
      assert.ok(bench);
      await bench.clearNotifications();
      const environment = path.resolve(path.dirname(await ensurePython('demo')), '..');
      await symlink(environment, path.join(workspace, '.venv'));
      await bench.row('second').click();
      await bench.page.keyboard.press('Delete');
      await eventually(
        'word of the start',
        () => bench?.notifications() ?? [],
        (said) => said.some((text) => /Starting an MLflow server for .*MLflow itself/.test(text)),
      );
      await bench.row('second').waitFor({ state: 'detached', timeout: 90_000 });
      assert.ok((await bench.texts()).some((text) => text.startsWith('first')));
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
  });
}
