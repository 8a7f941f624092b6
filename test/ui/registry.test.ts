import assert from 'node:assert/strict';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Lab } from './lab';

interface Standing {
  readonly stages: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string>>;
}

const atFirst: Standing = {
  stages: { 1: 'None', 2: 'Staging', 3: 'Production', 4: 'Archived' },
  aliases: { champion: '3' },
};

describe('a person who looks after registered models', function () {
  this.timeout(90_000);

  let lab: Lab;

  before(async function () {
    this.timeout(300_000);
    lab = await Lab.open();
    const name = 'CarSeat';
    await lab.mlflow.call('registered-models/create', { name });
    const runId = lab.ids.get('ant') ?? '';
    for (const [version, stage] of Object.entries(atFirst.stages)) {
      const source = `runs:/${runId}/model`;
      await lab.mlflow.call('model-versions/create', { name, source, run_id: runId });
      await lab.mlflow.call('model-versions/transition-stage', {
        ...{ name, version, stage, archive_existing_versions: false },
      });
    }
    await lab.mlflow.call('registered-models/alias', { name, alias: 'champion', version: '3' });
    await lab.bench.expandView('Models');
    await lab.bench.command('MLflow: Refresh');
    await lab.bench.expand('CarSeat', 'Models');
  });

  after(() => lab?.close());

  pictureOfFailure(() => lab.bench);

  /** As MLflow's own client reads it. */
  const standing = async (): Promise<Standing> => {
    const python = await ensurePython('demo');
    const script = ['test/support/readModel.py', lab.mlflow.url, 'CarSeat'];
    return JSON.parse(await runCommand(python, script)) as Standing;
  };
  const untilRows = (what: string, rows: readonly string[]): Promise<unknown> =>
    lab.bench.untilRows(what, (texts) => texts.join('|') === rows.join('|'), 'Models');

  it('promotes version 4 with a right click, archives the old one, and takes it back', async () => {
    const { bench } = lab;
    await untilRows('the versions', [
      'CarSeat@champion · in production: 3',
      'Version 4Archived',
      'Version 3Production @champion',
      'Version 2Staging',
      'Version 1',
    ]);
    await bench.menu('Version 4', 'Promote to Production', 'Models');
    await bench.choice('Move to stage Production and archive version 3').waitFor();
    assert.equal(await bench.input.getAttribute('placeholder'), 'In Production now: version 3.');
    await bench.screenshot('promote');
    await bench.choose('Move to stage Production and archive version 3');
    const undo = await lab.button(
      /CarSeat version 4 is now in Production \(version 3 archived\)/,
      'Undo',
    );
    await untilRows('the promotion', [
      'CarSeat@champion · in production: 4',
      'Version 4Production',
      'Version 3Archived @champion',
      'Version 2Staging',
      'Version 1',
    ]);
    await bench.screenshot('promoted');
    assert.deepEqual(await standing(), {
      stages: { ...atFirst.stages, 3: 'Archived', 4: 'Production' },
      aliases: atFirst.aliases,
    });
    await undo.click();
    await untilRows('it to be taken back', [
      'CarSeat@champion · in production: 3',
      'Version 4Archived',
      'Version 3Production @champion',
      'Version 2Staging',
      'Version 1',
    ]);
    assert.deepEqual(await standing(), atFirst);
  });

  it('sets an alias, told what MLflow keeps for itself, and moves one', async () => {
    const { bench } = lab;
    await bench.menu('Version 2', 'Set Alias', 'Models');
    await bench.choice('@champion').waitFor();
    await bench.input.fill('v3');
    await bench.choice('@v3').getByText('MLflow keeps aliases like').waitFor();
    await lab.press('Enter');
    assert.ok(await bench.input.isVisible());
    await bench.input.fill('challenger');
    await bench.choice('@challenger').waitFor();
    await lab.press('Enter');
    await bench.row('Version 2', 'Models').getByText('Staging @challenger').waitFor();
    await bench.menu('Version 4', 'Set Alias', 'Models');
    await bench.choose('@champion');
    await bench.row('Version 4', 'Models').getByText('Archived @champion').waitFor();
    const undo = await lab.button(
      /CarSeat version 4 is now @champion \(moved from version 3\)/,
      'Undo',
    );
    await undo.click();
    await bench.row('Version 3', 'Models').getByText('Production @champion').waitFor();
  });

  it('registers the model of a run under a new name, and copies a version', async () => {
    const { bench } = lab;
    const history = JSON.stringify([{ artifact_path: 'forest', flavors: {} }]);
    const tag = { key: 'mlflow.log-model.history', value: history };
    await lab.mlflow.call('runs/set-tag', { run_id: lab.ids.get('bee'), ...tag });
    await bench.menu('bee', 'Register Model');
    await bench.choice('CarSeat').waitFor();
    await bench.input.fill('a/b');
    await bench.choice('a/b').getByText('cannot hold / or :').waitFor();
    await bench.input.fill('숲 50%');
    await bench.choice('숲 50%').waitFor();
    await lab.press('Enter');
    await bench.row('Version 1', 'Models').waitFor();
    await bench.row('숲 50%', 'Models').waitFor();
    await eventually(
      'the new version to have the focus',
      () => bench.focusedRow('Models'),
      (focused) => focused.startsWith('Version 1'),
    );
  });
});
