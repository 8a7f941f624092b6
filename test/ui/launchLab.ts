import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { openBrowser } from '../support/browser.mts';
import { JourneyMlflow } from '../support/journeyMlflow';
import { Workbench } from '../support/workbench';

/** A window on a workspace with projects, on a real MLflow whose Python runs them. */
export class LaunchLab {
  private constructor(
    /** Of the workspace. */
    readonly folder: string,
    readonly mlflow: JourneyMlflow,
    readonly bench: Workbench,
    private readonly browser: Browser,
    private readonly parent: string,
  ) {}

  /** `files` by their paths in the workspace. */
  static async open(files: Readonly<Record<string, string>>): Promise<LaunchLab> {
    const parent = await mkdtemp(path.join(tmpdir(), 'launching-'));
    const folder = path.join(parent, 'workspace');
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const mlflow = await JourneyMlflow.start();
    await mlflow.createExperiment('lab');
    const browser = await openBrowser();
    const bench = await Workbench.open(browser, parent, {
      extensionDevelopmentPath: process.cwd(),
      settings: {
        'mlflow.trackingUri': mlflow.url,
        'mlflow.refreshInterval': 1,
        'mlflow.interpreter': await ensurePython('demo'),
        'files.autoSave': 'off',
      },
    });
    return new LaunchLab(folder, mlflow, bench, browser, parent);
  }

  async close(): Promise<void> {
    await this.bench.close();
    await this.browser.close();
    await this.mlflow.stop();
    await rm(this.parent, { recursive: true, force: true, maxRetries: 3 });
  }
}
