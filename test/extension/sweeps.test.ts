import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import { ArtifactStub } from '../support/artifactStub';
import { StandIns } from './standIns';
import { activated, change, connect, theExtension } from './underTest';

const project = `name: iris
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: string}
    command: "python train.py {alpha} {data}"
  evaluate:
    command: "python evaluate.py"
`;

describe('launching sweeps', function () {
  this.timeout(60_000);

  let folder: string;
  let server: ArtifactStub;
  let person: StandIns;

  before(async () => {
    server = await new ArtifactStub().start();
    await connect(await activated(), server.url);
  });

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'sweeps-')), 'iris');
    await mkdir(folder);
    person = new StandIns();
  });

  afterEach(async () => {
    person.restore();
    await rm(path.dirname(folder), { recursive: true, force: true, maxRetries: 3 });
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  /** Launches the sweep file of this text, choosing row by row; leaves it at the end. */
  async function launch(
    text: string,
    ...answers: readonly (string | { readonly choose: string; readonly type: string })[]
  ): Promise<void> {
    const file = path.join(folder, 'config.yaml');
    await writeFile(file, text);
    const rest = [...answers];
    person.pick = () => {
      const next = rest.shift();
      if (typeof next !== 'object') return next;
      person.type = next.type;
      return next.choose;
    };
    await vscode.commands.executeCommand(commands.launchSweep, vscode.Uri.file(file).toString());
    assert.deepEqual(rest, [], JSON.stringify(person.said));
  }

  const write = (name: string, text: string): Promise<void> =>
    writeFile(path.join(folder, name), text);
  /** The first row of the plan, each time that it was shown. */
  const plans = (): readonly (string | undefined)[] =>
    person.asked
      .filter(({ title }) => title === 'Sweep config.yaml of iris')
      .map(({ labels }) => labels[0]);
  const lastPlan = (): readonly string[] =>
    person.asked.findLast(({ title }) => title.startsWith('Sweep config.yaml'))?.labels ?? [];

  it('show the plan, and start nothing before it is confirmed', async () => {
    await write('MLproject', project);
    await launch('alpha: [0.1, 0.2, 0.3]\nlayers: [1, 2]\n');
    assert.deepEqual(plans(), ['Launch 6 Runs']);
    // What the sweep gives is not asked for, and the file leaves the entry point open.
    assert.deepEqual(lastPlan(), [
      ...['Launch 6 Runs', 'Plan', 'Combinations', 'Sample', 'Metric', 'Runs at once'],
      ...['Parameters of All Runs', 'data', 'Add Parameter…'],
      ...['Where', 'Experiment', 'Environment manager', 'Backend', 'Entry point'],
    ]);
    assert.deepEqual((await theExtension().activate()).launches.all, []);
  });

  it('take a sample, leave combinations out and change values', async () => {
    await write('train.py', '');
    await launch(
      'alpha: [0.1, 0.2, 0.3]\nlayers: [1, 2]\n',
      { choose: 'Sample', type: '4' },
      'Combinations',
      { choose: 'Leave Out…', type: '0-1' },
      'Done',
      { choose: 'Seed', type: '8' },
    );
    // Another seed draws other combinations, so none of them is left out.
    assert.deepEqual(plans(), ['Launch 6 Runs', 'Launch 4 Runs', 'Launch 2 Runs', 'Launch 4 Runs']);
    assert.ok(lastPlan().includes('Seed'));
  });

  it('change a single combination', async () => {
    await write('train.py', '');
    await launch(
      'alpha: [0.1, 0.2]\n',
      'Combinations',
      '1  alpha=0.2',
      { choose: 'alpha', type: '-5e-2; $(id)' },
      '0  alpha=0.1',
      'Leave Out',
    );
    const shown = person.asked.findLast(({ title }) => title.startsWith('Combinations'));
    assert.equal(shown?.title, 'Combinations: 1 of 2 · 1 changed');
    assert.ok(shown.labels.includes('1  alpha=-5e-2; \\$(id)'), shown.labels.join('\n'));
  });

  it('show a hundred thousand combinations page by page', async () => {
    await write('train.py', '');
    const values = (length: number): string => Array.from({ length }, (_, each) => each).join(', ');
    const begun = performance.now();
    await launch(
      `alpha: [${values(1000)}]\nlayers: [${values(100)}]\n`,
      'Combinations',
      { choose: 'Go to Number…', type: '99000' },
      'Next Page',
    );
    assert.ok(performance.now() - begun < 5000);
    const pages = person.asked.filter(({ title }) => title.startsWith('Combinations'));
    assert.ok(pages.every(({ labels }) => labels.length < 250));
    assert.ok(pages.at(-1)?.labels.some((label) => label.startsWith('99200  alpha=')));
  });

  it('ask how many runs there are where nothing ends a sweep', async () => {
    await write('train.py', '');
    const random = 'method: random\nparameters:\n  alpha: {min: 0.1, max: 0.2}\n';
    await launch(random, { choose: 'Number of runs', type: '12' });
    assert.deepEqual(plans(), ['Launch Sweep…', 'Launch 12 Runs']);
  });

  it('ask which script is meant', async () => {
    await write('train.py', '');
    await write('other.py', '');
    await launch('alpha: [0.1, 0.2]\n', 'train.py');
    assert.deepEqual(person.asked[0]?.labels, ['other.py', 'train.py']);
    assert.equal(lastPlan().at(-1), 'Script');
  });

  it('say what keeps a file from being launched, and where', async () => {
    await write('train.py', '');
    await launch('method: grid\nparameters:\n  alpha: {values: []}\n');
    assert.match(person.last.text, /config\.yaml, line 3: /);
    assert.deepEqual(person.last.actions, ['Show in File']);
    assert.deepEqual(plans(), []);
  });

  it('say that there is nothing to run', async () => {
    await launch('alpha: [0.1, 0.2]\n');
    assert.match(person.last.text, /neither an MLproject nor a Python script beside config\.yaml/);
  });
});
