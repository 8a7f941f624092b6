import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { JourneyMlflow } from '../support/journeyMlflow';
import { eventually } from '../support/eventually';
import { Workbench } from '../support/workbench';

/** What the windows of these journeys are set to. */
export const labSettings = {
  'mlflow.refreshInterval': 0,
  'files.autoSave': 'off',
  'workbench.colorTheme': 'Default Dark Modern',
  // A click is to select a run, not to open it, and no hover is to cover the row below.
  'workbench.tree.expandMode': 'doubleClick',
  'workbench.hover.delay': 60_000,
};

/** A window on a real MLflow with an experiment `lab` of six runs, ant to fox. */
export class Lab {
  private constructor(
    readonly mlflow: JourneyMlflow,
    readonly bench: Workbench,
    /** Ids of the runs by the names they were logged under. */
    readonly ids: ReadonlyMap<string, string>,
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Lab> {
    const folder = await mkdtemp(path.join(tmpdir(), 'lab-'));
    const mlflow = await JourneyMlflow.start();
    const browser = await openBrowser();
    const [bench, ids] = await Promise.all([
      Workbench.open(browser, folder, {
        extensionDevelopmentPath: process.cwd(),
        settings: { ...labSettings, 'mlflow.trackingUri': mlflow.url },
      }),
      logLab(mlflow),
    ]);
    await bench.openMlflow();
    await bench.expand('lab');
    await bench.row('fox').waitFor();
    return new Lab(mlflow, bench, ids, browser, folder);
  }

  async close(): Promise<void> {
    await this.bench.close();
    await this.browser.close();
    await this.mlflow.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Sets what these journeys are set to, and `more`. */
  async set(more: Readonly<Record<string, unknown>>): Promise<void> {
    await this.bench.setSettings({
      ...labSettings,
      'mlflow.trackingUri': this.mlflow.url,
      ...more,
    });
  }

  press(key: string): Promise<void> {
    return this.bench.page.keyboard.press(key);
  }

  /** Presses a key that opens an input; again, as a person would, where rows were being read and it was refused. */
  async pressForInput(key: string): Promise<void> {
    let pressedAt = 0;
    await eventually(
      `an input that ${key} opens`,
      async () => {
        if (Date.now() - pressedAt > 3000) {
          await this.press(key);
          pressedAt = Date.now();
        }
        return this.bench.input.isVisible();
      },
      (isOpen) => isOpen,
    );
  }

  /** The first words of the rows on screen, top to bottom. */
  async names(): Promise<string> {
    const texts = await this.bench.texts();
    return texts.map((text) => /^[a-zà-ÿ]+/i.exec(text)?.[0] ?? text).join(' ');
  }

  untilNames(wanted: string): Promise<string> {
    return eventually(
      `rows ${wanted}`,
      () => this.names(),
      (found) => found === wanted,
    );
  }

  untilFocus(label: string): Promise<string> {
    return eventually(
      `the focus on ${label}`,
      () => this.bench.focusedRow(),
      (focused) => focused.startsWith(label),
    );
  }

  /** Waits for what stands below the quick input. */
  untilMessage(message: RegExp): Promise<string> {
    return eventually(
      `the input to say ${String(message)}`,
      () => this.bench.inputMessage(),
      (text) => message.test(text),
    );
  }

  /** The tags of a run on the server. */
  async tagsOf(name: string): Promise<ReadonlyMap<string, string>> {
    const query = new URLSearchParams({ run_id: this.ids.get(name) ?? '' });
    const reply = await fetch(`${this.mlflow.url}/api/2.0/mlflow/runs/get?${query}`);
    const { run } = (await reply.json()) as {
      run: { data: { tags: { key: string; value: string }[] } };
    };
    return new Map(run.data.tags.map(({ key, value }) => [key, value]));
  }

  untilTag(name: string, key: string, value: string): Promise<unknown> {
    return eventually(
      `${key} of ${name} to be ${value}`,
      async () => (await this.tagsOf(name)).get(key),
      (found) => found === value,
    );
  }

  /** A button of the message that says so, in the notification centre. */
  async button(message: RegExp, label: string): Promise<Locator> {
    return buttonOf(this.bench, message, label);
  }
}

/** @returns ids by names */
async function logLab(mlflow: JourneyMlflow): Promise<ReadonlyMap<string, string>> {
  const experimentId = await mlflow.createExperiment('lab');
  const ids = new Map<string, string>();
  for (const name of ['ant', 'bee', 'cat', 'dog', 'eel', 'fox']) {
    const startTime = Date.now() - 3_600_000 + ids.size;
    ids.set(name, await mlflow.logRun({ experimentId, name, status: 'FINISHED', startTime }));
  }
  return ids;
}

/** A button of the message that says so, once it is in the notification centre. */
export async function buttonOf(bench: Workbench, message: RegExp, label: string): Promise<Locator> {
  await eventually(
    `a message ${String(message)}`,
    () => bench.notifications(),
    (said) => said.some((text) => message.test(text)),
  );
  return bench.page
    .locator('.notifications-center .notification-list-item', { hasText: message })
    .locator('.monaco-button', { hasText: label })
    .first();
}
