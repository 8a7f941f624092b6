import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { virtualFolder } from '../support/virtualFolder';
import { eventually } from '../support/eventually';
import { Workbench, type WorkbenchOpening } from '../support/workbench';

const project = `name: wine

entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
    command: "python train.py --data {data} "
`;
const sweep = 'method: grid\nparameters:\n  alpha:\n    values: [0.1, 0.01]\n';

describe('a person who writes an MLproject', function () {
  this.timeout(60_000);

  let folder: string;
  let browser: Browser;
  let bench: Workbench | undefined;

  beforeEach(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), 'projects-'));
    browser ??= await openBrowser();
  });

  pictureOfFailure(() => bench);

  afterEach(async () => {
    await bench?.close();
    bench = undefined;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  after(() => browser?.close());

  const errors = (): Locator => theBench().page.locator('.squiggly-error');

  function theBench(): Workbench {
    assert.ok(bench);
    return bench;
  }

  async function openWith(
    files: Readonly<Record<string, string>>,
    options: Partial<WorkbenchOpening> = {},
  ): Promise<void> {
    const workspace = path.join(folder, 'workspace');
    await mkdir(workspace);
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(workspace, name), text);
    bench = await Workbench.open(browser, folder, {
      extensionDevelopmentPath: process.cwd(),
      ...options,
      settings: { 'files.autoSave': 'off', ...options.settings },
    });
  }

  it('is shown a mistake while typing, takes the fix, and renames across files', async () => {
    await openWith({ MLproject: project, 'sweep.yaml': sweep, 'train.py': '' });
    await theBench().openFile('MLproject', 'command');
    const { page } = theBench();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('--alpha {alhpa');
    await errors().first().waitFor();
    const fix = page.locator('.action-widget').getByText('Change to `{alpha}`');
    // What is offered may still be about the word half typed.
    await eventually(
      'the fix',
      async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('ControlOrMeta+.');
        return fix.click({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
      },
      (taken) => taken,
    );
    await errors().first().waitFor({ state: 'detached' });

    await page.locator('.view-line').getByText('alpha').first().dblclick();
    await page.keyboard.press('F2');
    await page.locator('.rename-box input').fill('rate');
    await page.keyboard.press('Enter');
    // The editor saves what it renames in.
    const read = (name: string): Promise<string> =>
      readFile(path.join(folder, 'workspace', name), 'utf8');
    await eventually(
      'the saved sweep',
      () => read('sweep.yaml'),
      (text) => text === sweep.replace('alpha', 'rate'),
    );
    const wanted = project.replace('alpha', 'rate').replace('{data} ', '{data} --alpha {rate}');
    await eventually(
      'the saved project',
      () => read('MLproject'),
      (text) => text === wanted,
    );
  });

  it('is helped in a virtual workspace, with the files that lie there', async () => {
    const command = 'command: "x {data} {y}"';
    const text = `entry_points: {main: {parameters: {data: {type: path, default: a.csv}}, ${command}}}\n`;
    const { workspaceFile, extensionsDirectory } = await virtualFolder(folder, {
      MLproject: text,
      'a.csv': '',
    });
    await openWith({}, { workspaceFile, extensionsDirectory });
    await theBench().openFile('MLproject', 'entry_points');
    await errors().first().waitFor();
    await theBench().command('View: Focus Problems (Errors, Warnings, Infos)');
    const problems = theBench().page.locator('.markers-panel .monaco-list-row');
    await problems.getByText('There is no parameter `y`').waitFor();
    assert.equal(await problems.getByText('a.csv').count(), 0);
  });
});
