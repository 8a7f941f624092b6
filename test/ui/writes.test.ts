import assert from 'node:assert/strict';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Lab } from './lab';

describe('a person who changes experiments and runs', function () {
  this.timeout(90_000);

  let lab: Lab;

  before(async function () {
    this.timeout(300_000);
    lab = await Lab.open();
  });

  after(() => lab?.close());

  pictureOfFailure(() => lab.bench);

  it('creates an experiment, told that a name is taken, over a change of the settings', async () => {
    await lab.bench.command('MLflow: Create Experiment…');
    await lab.bench.answer('lab');
    await lab.untilMessage(/There is an experiment named lab already\. Choose another name/);
    assert.equal(await lab.bench.input.inputValue(), 'lab');
    await lab.bench.screenshot('create-experiment-taken');
    const asked = lab.mlflow.requests.length;
    await lab.set({ 'mlflow.pageSize': 50 });
    await eventually(
      'the connection to be opened anew',
      () => lab.mlflow.requests.slice(asked).join(),
      (requests) => requests.includes('runs/search'),
    );
    await lab.bench.answer('wine');
    await lab.bench.untilInputCloses();
    await lab.untilFocus('wine');
    assert.match(await lab.names(), /^wine lab fox/);
  });

  it('renames with F2: an experiment, then a run', async () => {
    await lab.pressForInput('F2');
    assert.equal(await lab.bench.input.inputValue(), 'wine');
    await lab.bench.answer('');
    await lab.untilMessage(/Enter a name/);
    await lab.bench.answer('vine');
    await lab.bench.untilInputCloses();
    await lab.untilFocus('vine');
    await lab.bench.row('fox').click();
    await lab.pressForInput('F2');
    await lab.bench.answer('vixen');
    await lab.bench.untilInputCloses();
    await lab.untilFocus('vixen');
    assert.equal((await lab.tagsOf('fox')).get('mlflow.runName'), 'vixen');
  });

  it('deletes several runs with the Delete key, and takes it back with Undo', async () => {
    await lab.bench.row('bee').click();
    await lab.bench.row('dog').click({ modifiers: ['ControlOrMeta'] });
    await lab.press('Delete');
    await lab.untilNames('vine lab vixen eel cat ant Default');
    const undo = await lab.button(/Deleted 2 runs\./, 'Undo');
    await lab.bench.screenshot('deleted-runs');
    await undo.click();
    await lab.untilNames('vine lab vixen eel dog cat bee ant Default');
    await lab.bench.clearNotifications();
  });

  it('deletes only the run with the focus when another is selected, and undoes it by keyboard', async () => {
    await lab.bench.row('dog').click();
    await lab.press('ArrowDown');
    await lab.untilFocus('cat');
    await lab.press('Delete');
    await lab.untilNames('vine lab vixen eel dog bee ant Default');
    await lab.bench.row('eel').click();
    await lab.press('ControlOrMeta+z');
    await lab.untilNames('vine lab vixen eel dog cat bee ant Default');
    await lab.bench.clearNotifications();
  });

  it('sets a tag on several runs, with keys to choose from', async () => {
    await lab.bench.row('ant').click();
    await lab.bench.row('bee').click({ modifiers: ['ControlOrMeta'] });
    await lab.bench.menu('ant', 'Set Tag');
    await lab.bench.choice('mlflow.runName').waitFor();
    await lab.bench.input.fill('bad+key');
    await lab.bench.choice('bad+key').waitFor();
    await lab.bench.screenshot('tag-key');
    await lab.press('Enter');
    assert.ok(await lab.bench.input.isVisible());
    await lab.bench.answer('stage');
    await eventually(
      'the second step',
      () => lab.bench.page.locator('.quick-input-title').textContent(),
      (title) => title === 'Set Tag stage on 2 runs',
    );
    await lab.untilMessage(/Value of the tag/);
    await lab.bench.answer('x'.repeat(8001));
    await lab.untilMessage(/at most 8000 characters; this has 8001/);
    await lab.bench.screenshot('tag-value-long');
    await lab.bench.answer('final');
    await lab.bench.untilInputCloses();
    for (const name of ['ant', 'bee']) await lab.untilTag(name, 'stage', 'final');
    await lab.bench.menu('ant', 'Set Tag');
    await lab.bench.choice('stage').waitFor();
    await lab.press('Escape');
    await lab.bench.untilInputCloses();
  });

  it('restores a deleted run from among the deleted ones', async () => {
    await lab.bench.row('eel').click();
    await lab.bench.menu('eel', 'Delete Runs');
    await lab.untilNames('vine lab vixen dog cat bee ant Default');
    await lab.bench.command('MLflow: Show Deleted');
    await lab.bench.expand('lab');
    await lab.bench.row('eel').waitFor();
    await lab.bench.view('Experiments').getByText('Deleted runs, and all experiments.').waitFor();
    await lab.bench.screenshot('deleted-list');
    await lab.bench.inlineAction('eel', 'Restore Runs');
    await lab.bench.row('No deleted runs').waitFor();
    await lab.bench.command('MLflow: Show Active');
    await lab.bench.expand('lab');
    await lab.bench.row('eel').waitFor();
    await lab.bench.clearNotifications();
  });

  it('deletes an experiment and brings it back', async () => {
    await lab.bench.row('vine').click();
    await lab.press('Delete');
    await lab.untilNames('lab vixen eel dog cat bee ant Default');
    const undo = await lab.button(/Deleted experiment vine\. Runs go and come back/, 'Undo');
    await lab.bench.screenshot('deleted-experiment');
    await undo.click();
    await lab.untilNames('vine lab vixen eel dog cat bee ant Default');
    await lab.bench.clearNotifications();
  });
});
