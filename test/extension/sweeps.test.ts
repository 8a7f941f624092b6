import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import { isAbortError } from '../../src/mlflow/errors';
import type { LaunchProgram, ProjectCommand } from '../../src/projects/launchContracts';
import type { RunningSweep, SweepHost, SweepProgress } from '../../src/projects/sweepContracts';
import { Launches } from '../../src/state/launches';
import { offerInterrupted } from '../../src/sweeping/interrupted';
import type { WantedSweep } from '../../src/sweeping/newSweep';
import { rememberBackend, resumedBackend } from '../../src/sweeping/sweepBackend';
import { tellEnd } from '../../src/sweeping/sweepEnd';
import { agreed, confirmProgram } from '../../src/sweeping/sweepFolder';
import type { SweepingHost } from '../../src/sweeping/sweepingHost';
import { SweepLives } from '../../src/sweeping/sweepLives';
import { ArtifactStub } from '../support/artifactStub';
import { MemoryInMemory } from '../unit/state/memoryInMemory';
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

describe('sweeps that a server speaks of', function () {
  this.timeout(60_000);

  let person: StandIns;
  let memory: MemoryInMemory;
  const place = { connection: 'server', experimentId: '1', runId: 'parent' };
  const never = new Promise<never>(() => undefined);

  beforeEach(() => {
    person = new StandIns();
    memory = new MemoryInMemory();
  });

  afterEach(() => person.restore());

  /** A window that has what a test needs, and nothing else. */
  function windowWith(has: Readonly<Record<string, unknown>>): SweepingHost {
    const launches = new Launches(memory);
    return { memory, launches, ...has } as unknown as SweepingHost;
  }

  describe('and what they run', () => {
    let folder: string;

    before(async () => {
      const [workspace] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(workspace);
      folder = path.join(workspace.uri.fsPath, 'resumed');
      await mkdir(path.join(folder, 'src'), { recursive: true });
      await writeFile(path.join(folder, 'MLproject'), project);
      await writeFile(path.join(folder, 'src', 'train.py'), '');
    });

    after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

    /** Whether a person is asked. */
    async function asks(program: LaunchProgram, where: string | undefined): Promise<boolean> {
      const before = person.asked.length;
      const isAgreed = await confirmProgram(program, { folder: where });
      assert.equal(isAgreed, person.asked.length === before);
      return !isAgreed;
    }

    const entry = (entryPoint: string, uri = '/elsewhere'): LaunchProgram => ({
      ...{ kind: 'project', uri, version: undefined, entryPoint },
    });
    const script = (file: string): LaunchProgram => ({
      kind: 'script',
      file,
      folder: '/elsewhere',
    });

    it('start unasked where the workspace declares it', async () => {
      assert.equal(await asks(entry('evaluate'), folder), false);
      assert.equal(await asks(script('src/train.py'), folder), false);
    });

    it('is asked about where a project does not declare it', async () => {
      assert.ok(await asks(entry('src/train.py'), folder));
      assert.ok(await asks(entry('-cimport os#.py'), folder));
      assert.ok(await asks(entry('main'), path.join(folder, 'src')));
      assert.ok(await asks(entry('main'), tmpdir()));
      assert.ok(await asks(entry('main'), undefined));
    });

    it('is what was agreed to, and gives a shell no names to obey', async () => {
      const started: unknown[] = [];
      const start = (command: unknown): Promise<void> => {
        started.push(command);
        return Promise.resolve();
      };
      const host = agreed({ start } as unknown as SweepHost, entry('main'));
      const run = (program: LaunchProgram, name: string): Promise<unknown> =>
        host.start(
          { program, parameters: [[name, '1']] } as unknown as ProjectCommand,
          undefined as never,
        );
      await run(entry('main', folder), 'learning-rate');
      await assert.rejects(run(entry('evaluate'), 'alpha'), /changed on the server/);
      await assert.rejects(run(script('train.py'), 'alpha'), /changed on the server/);
      await assert.rejects(run(entry('main'), 'x; id #'), /changed on the server/);
      assert.equal(started.length, 1);
    });

    it('is asked about where it only seems to be a script of the workspace', async () => {
      assert.ok(await asks(script('-cimport os;print(1)#/../src/train.py'), folder));
      assert.ok(await asks(script('.venv/lib/site-packages/pip/__main__.py'), folder));
      assert.ok(await asks(script('train.py'), tmpdir()));
    });
  });

  it('draw no links in messages', async () => {
    const metric = { name: '[loss](command:a)', goal: 'minimize', target: undefined };
    const sweep = { name: '[iris](command:b)', metric } as RunningSweep;
    const best = { runId: 'a', number: 0, value: 1 };
    const end = { state: 'finished', done: 1, total: 1, failed: 0, best } as SweepProgress;
    const tell = (progress: SweepProgress): Promise<void> =>
      tellEnd(windowWith({}), 'server', sweep, progress, true, () => never);
    await tell(end);
    assert.equal(
      person.last.text,
      'Sweep [iris] (command:b) has finished: 1 run, best [loss] (command:a) 1.',
    );
    await tell({ ...end, state: 'failed', failed: 1 });
    assert.equal(person.last.text, 'Sweep [iris] (command:b): 1 of 1 runs failed.');
  });

  it('go on on the cluster where they were, whatever another sweep was on since', async () => {
    const ray = (configFile: string): { name: string; configFile: string } => ({
      ...{ name: 'ray', configFile },
    });
    await rememberBackend(ray('/a.json'), memory, 'a');
    await rememberBackend(ray('/b.json'), memory);
    assert.deepEqual(await resumedBackend('ray', memory, 'a'), { backend: ray('/a.json') });
    person.pick = () => undefined;
    assert.equal(await resumedBackend('ray', memory, 'c'), undefined);
    assert.deepEqual(
      person.asked.map(({ title }) => title),
      ['Configuration of ray'],
    );
  });

  it('are taken up once, however often that is asked for', async () => {
    let ask = (): void => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const sessions = { ensure: () => asked, get: () => undefined };
    const lives = new SweepLives({ host: windowWith({ sessions }), claimant: 'us' });
    const first = lives.takeUp(place, false);
    await assert.rejects(lives.takeUp(place, false), /works on the sweep already/);
    ask();
    await assert.rejects(first, /not connected/);
    await assert.rejects(lives.takeUp(place, false), /not connected/);
  });

  it('can be stopped while they begin', async () => {
    let answer = (_: object): void => undefined;
    const variables = new Promise<object>((resolve) => (answer = resolve));
    const host = windowWith({
      clientVariables: () => variables,
      sessions: { get: () => undefined },
    });
    const lives = new SweepLives({ host, claimant: 'us' });
    const request = { fileName: 'config.yaml', machine: { folder: undefined } };
    const session = { id: 'server', name: 'server', store: {} };
    const begun = lives.begin({ session, request, file: undefined } as unknown as WantedSweep);
    const [row] = host.launches.all;
    assert.equal(row?.state, 'starting');
    await lives.stopLaunch(row.id);
    answer({ set: {}, unset: [] });
    await assert.rejects(begun, isAbortError);
    assert.deepEqual(host.launches.all, []);
  });

  it('are ended where the window closed before that was done', async () => {
    const { connection, experimentId, runId: parentRunId } = place;
    const run = {
      lifecycleStage: 'active',
      tags: [
        { key: 'mlflowWorkbench.sweep', value: '{}' },
        { key: 'mlflowWorkbench.sweepState', value: 'stopping' },
      ],
    };
    const session = {
      connection: { ensure: () => Promise.resolve() },
      store: { getRun: () => Promise.resolve(run) },
    };
    const sessions = { ensure: () => Promise.resolve(), get: () => session };
    const ended: unknown[] = [];
    const lives = {
      places: { all: [{ connection, experimentId, parentRunId, fileName: 'config.yaml' }] },
      stopElsewhere: (one: unknown) => Promise.resolve(ended.push(one)),
    };
    await offerInterrupted(windowWith({ sessions }), lives as unknown as SweepLives);
    assert.deepEqual(ended, [place]);
    assert.deepEqual(person.said, []);
  });
});
