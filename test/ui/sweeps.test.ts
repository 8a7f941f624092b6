import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import type { Workbench } from '../support/workbench';
import { LaunchLab } from './launchLab';

const grid = `method: grid
program: train.py
parallelism: 2
metric: {name: loss, goal: minimize}
parameters:
  alpha: {values: [0.1, 0.25]}
  layers: {values: [1, 2]}
`;

const script = `import mlflow, sys
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
mlflow.log_metric("loss", float(given["--alpha"]) * int(given["--layers"]))
`;

const project = `name: iris
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: "python train.py {alpha}"
`;

/** Goes on until the test has seen it. */
const waitingScript = `import os, time
while not os.path.exists("go"):
    time.sleep(0.1)
`;

/** MLflow takes seconds to start, and many beside other tests. */
const slow = 120_000;

interface FoundRun {
  readonly info: { readonly run_id: string; readonly status: string; readonly run_name: string };
  readonly data: {
    readonly params?: readonly { readonly key: string; readonly value: string }[];
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
}

interface FoundSweep {
  readonly parent: string | undefined;
  /** \`status alpha=… layers=…\`, sorted. */
  readonly children: readonly string[];
}

describe('a person who launches a sweep', function () {
  this.timeout(300_000);

  let lab: LaunchLab | undefined;

  before(async () => {
    lab = await LaunchLab.open({
      'config.yaml': grid,
      'train.py': script,
      'iris/MLproject': project,
      'iris/sweep.yaml': 'alpha: [0.5, 0.75]\n',
      'iris/train.py': waitingScript,
    });
  });

  pictureOfFailure(() => lab?.bench);

  after(() => lab?.close());

  const theLab = (): LaunchLab => {
    assert.ok(lab);
    return lab;
  };

  const workbench = (): Workbench => theLab().bench;

  /** What MLflow has of the sweep whose parent run is called so. */
  async function sweep(name: string): Promise<FoundSweep> {
    const { runs = [] } = await theLab().mlflow.call<{ runs?: readonly FoundRun[] }>(
      'runs/search',
      {
        experiment_ids: ['0'],
      },
    );
    const parent = runs.find(({ info }) => info.run_name === name);
    const isChild = ({ data }: FoundRun): boolean =>
      data.tags?.some(
        ({ key, value }) => key === 'mlflow.parentRunId' && value === parent?.info.run_id,
      ) === true;
    const text = ({ info, data }: FoundRun): string =>
      [info.status, ...(data.params ?? []).map(({ key, value }) => `${key}=${value}`).sort()].join(
        ' ',
      );
    return { parent: parent?.info.status, children: runs.filter(isChild).map(text).sort() };
  }

  const launchRow = (label: string): Locator => workbench().row(label, 'Launches');

  it('sees its plan from a code lens, how far it is, and its runs side by side at the end', async () => {
    const { page } = workbench();
    await workbench().openFile('config.yaml', 'method');
    await workbench().openMlflow();
    await workbench().row('Default').waitFor();
    await workbench().expandView('Launches');
    await page.locator('.codelens-decoration a', { hasText: 'Launch Sweep' }).first().click();
    await workbench().choice('Launch 4 Runs').waitFor();
    await workbench().choose('Combinations');
    await workbench().choice('3  alpha=0.25, layers=2').waitFor();
    await workbench().choose('Done');
    await workbench().choose('Launch 4 Runs');
    await eventually(
      'its row',
      async () => (await launchRow('config.yaml').getAttribute('aria-label')) ?? '',
      (label) => /running, \d of 4, 2 running/.test(label),
      slow,
    );
    await page.getByRole('tab', { name: 'Compare: 4 runs' }).waitFor({ timeout: slow });
    assert.deepEqual(await sweep('config'), {
      parent: 'FINISHED',
      children: [
        'FINISHED alpha=0.1 layers=1',
        'FINISHED alpha=0.1 layers=2',
        'FINISHED alpha=0.25 layers=1',
        'FINISHED alpha=0.25 layers=2',
      ],
    });
    const said = (await launchRow('config.yaml').getAttribute('aria-label')) ?? '';
    assert.match(said, /finished, 4 of 4, best loss 0\.1/);
  });

  it('stops one in the middle, and resumes it from its parent run', async () => {
    const { page } = workbench();
    await page.locator('.activitybar a[aria-label^="Explorer"]').click();
    const inExplorer = (name: string): Locator =>
      page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).first();
    await inExplorer('iris').click();
    await workbench().menuOf(inExplorer('sweep.yaml'), 'Launch Sweep');
    await workbench().choose('Launch 2 Runs');
    await eventually(
      'its first run',
      () => sweep('sweep'),
      ({ children }) => children.join() === 'RUNNING alpha=0.5',
      slow,
    );
    await workbench().openMlflow();
    await workbench().inlineAction('sweep.yaml', 'Stop Sweep', 'Launches');
    await eventually(
      'its end',
      () => sweep('sweep'),
      ({ parent, children }) => parent === 'KILLED' && children.join() === 'KILLED alpha=0.5',
      slow,
    );
    await writeFile(path.join(theLab().folder, 'iris', 'go'), '');
    await workbench().row('sweep,').waitFor();
    await workbench().menu('sweep,', 'Resume Sweep');
    await page.getByRole('tab', { name: 'Compare: 2 runs' }).waitFor({ timeout: slow });
    assert.deepEqual(await sweep('sweep'), {
      parent: 'FINISHED',
      children: ['FINISHED alpha=0.5', 'FINISHED alpha=0.75', 'KILLED alpha=0.5'],
    });
  });
});
