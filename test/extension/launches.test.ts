import assert from 'node:assert/strict';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Launch } from '../../src/state/launches';
import { ArtifactStub } from '../support/artifactStub';
import { StandIns } from './standIns';
import { activated, change, connect, theExtension, until } from './underTest';

/** Stands for MLflow: notes what it is given, then does what the parameter `do` says. */
const standIn = `
import json, os, signal, subprocess, sys, time
notes = {"args": sys.argv[1:], "env": dict(os.environ), "cwd": os.getcwd()}
def note(name, text):
    with open(name + ".part", "w") as out: out.write(text)
    os.rename(name + ".part", name)
what = [each[3:] for each in sys.argv if each.startswith("do=")]
if what == ["stay"]:
    worker = subprocess.Popen([sys.executable, "-c", "import signal, time\\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\\ntime.sleep(60)"], start_new_session=True)
    notes["pids"] = [os.getpid(), worker.pid]
note(os.path.join(os.environ["NOTES"], "notes.json"), json.dumps(notes))
if what == ["stay"]:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        note(os.path.join(os.environ["NOTES"], "interrupted"), "")
        sys.exit(1)
sys.exit(3 if what == ["fail"] else 0)
`;

const project = `name: iris
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      do: {type: string, default: end}
      note: {type: string, default: ""}
    command: "python train.py {alpha}"
`;

describe('launching projects', function () {
  this.timeout(60_000);

  let folder: string;
  let file: vscode.Uri;
  let server: ArtifactStub;
  let person: StandIns;

  before(async () => {
    server = await new ArtifactStub().start();
    await connect(await activated(), server.url);
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'launches '));
    const packages = path.join(folder, 'packages');
    await mkdir(path.join(packages, 'mlflow'), { recursive: true });
    await mkdir(path.join(packages, 'mlflow-3.0.dist-info'));
    await writeFile(
      path.join(packages, 'mlflow-3.0.dist-info', 'METADATA'),
      'Metadata-Version: 2.1\nName: mlflow\nVersion: 3.0\n',
    );
    await writeFile(path.join(packages, 'mlflow', '__init__.py'), '');
    await writeFile(path.join(packages, 'mlflow', '__main__.py'), standIn);
    const python = path.join(folder, 'bin', 'python');
    await mkdir(path.dirname(python));
    await writeFile(python, `#!/bin/sh\nPYTHONPATH='${packages}' exec python3 "$@"\n`);
    await chmod(python, 0o755);
    const iris = path.join(folder, 'iris');
    await mkdir(iris);
    await writeFile(path.join(iris, 'MLproject'), project);
    file = vscode.Uri.file(path.join(iris, 'MLproject'));
    await change(settings.interpreter, python);
    await change(settings.launchEnvironment, { NOTES: folder, ODD: '${env:NOT_SET}x' });
    person = new StandIns();
  });

  afterEach(async () => {
    person.restore();
    const { launches, launching } = await exported();
    for (const { id } of launches.all) {
      await (await launching.get()).stop(id);
      (await launching.get()).remove(id);
    }
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  after(async () => {
    for (const id of [settings.interpreter, settings.launchEnvironment, settings.trackingUri]) {
      await change(id, undefined);
    }
    await server.close();
  });

  async function exported() {
    const { launches, launching } = await theExtension().activate();
    return { launches, launching };
  }

  /** Fills in the form, row by row, and runs it. */
  async function launch(values: Readonly<Record<string, string>>): Promise<void> {
    const rest = Object.entries(values);
    person.pick = () => {
      const [next] = rest;
      person.type = next?.[1];
      rest.shift();
      return next === undefined ? 'Run' : next[0];
    };
    await vscode.commands.executeCommand(commands.runEntryPoint, file.toString(), 'main');
  }

  async function launched(): Promise<Launch> {
    const { launches } = await exported();
    const [newest] = launches.all;
    assert.ok(newest, JSON.stringify(person.said));
    return newest;
  }

  const state = async (): Promise<string> => (await launched()).state;

  interface Notes {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    readonly pids?: readonly number[];
  }

  async function notes(): Promise<Notes> {
    const name = path.join(folder, 'notes.json');
    await until('the process runs', () =>
      access(name).then(
        () => true,
        () => false,
      ),
    );
    return JSON.parse(await readFile(name, 'utf8')) as Notes;
  }

  const lives = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  it('hands odd values to mlflow run as they are, with the server in the environment', async () => {
    const odd = `-x "a" 'b' $(id) \${env:HOME} \${command:workbench.action.quit} ü\\n;`;
    await launch({ note: odd, alpha: '0.25' });
    const { args, env, cwd } = await notes();
    await until('it has ended', async () => (await state()) === 'finished');
    assert.deepEqual(args, [
      ...['run', '--entry-point', 'main', '--experiment-id', '1', '--env-manager', 'local'],
      ...['-P', `note=${odd}`, '-P', 'alpha=0.25', '--', path.dirname(file.fsPath)],
    ]);
    assert.equal(env['MLFLOW_TRACKING_URI'], server.url);
    assert.equal(env['ODD'], 'x');
    // What stands for Python may be a shim that puts a folder of its own first.
    assert.ok(env['PATH']?.split(':').includes(path.join(folder, 'bin')), env['PATH']);
    assert.equal(cwd, path.dirname(file.fsPath));
    assert.ok(
      vscode.window.terminals.some(({ name }) => name.includes('mlflow run: iris')),
      vscode.window.terminals.map(({ name }) => name).join(),
    );
  });

  it('says that a run has failed, and runs it again', async () => {
    await launch({ do: 'fail' });
    await until('it has ended', async () => (await state()) === 'failed');
    const { message } = await launched();
    assert.match(message ?? '', /exit code 3/);
    const first = (await launched()).id;
    await vscode.commands.executeCommand(commands.retryLaunch, {
      target: { kind: 'launch', id: first },
    });
    await until('it has ended again', async () => {
      const { id, state } = await launched();
      return id !== first && state === 'failed';
    });
  });

  it('remembers the values of a project', async () => {
    await launch({ do: 'fail' });
    await until('it has ended', async () => (await state()) === 'failed');
    await rm(path.join(folder, 'notes.json'));
    await launch({});
    assert.ok((await notes()).args.includes('do=fail'));
    await until('it has ended', async () => (await state()) === 'failed');
  });

  it('stops a run with SIGINT, and leaves nothing of what it has started', async () => {
    await launch({ do: 'stay' });
    const { pids = [] } = await notes();
    await vscode.commands.executeCommand(commands.stopLaunch, {
      target: { kind: 'launch', id: (await launched()).id },
    });
    assert.equal(await state(), 'stopped');
    await access(path.join(folder, 'interrupted'));
    await until('all have ended', () => !pids.some(lives));
  });

  it('ends what runs in a terminal that is closed by hand', async () => {
    await launch({ do: 'stay' });
    const { pids = [] } = await notes();
    await until('the terminal is there', () =>
      vscode.window.terminals.some(({ name }) => name.includes('mlflow run: iris')),
    );
    vscode.window.terminals
      .filter(({ name }) => name.includes('mlflow run: iris'))
      .forEach((terminal) => terminal.dispose());
    await until('all have ended', () => !pids.some(lives));
    await until('the row says so', async () => (await state()) === 'stopped');
  });

  it('says what is missing where there is no MLflow', async () => {
    await change(settings.interpreter, '/no/such/python');
    await launch({});
    await until('it is said', () => person.said.length > 0);
    assert.match(person.last.text, /mlflow\.interpreter \(\/no\/such\/python\) has no MLflow/);
    assert.deepEqual((await exported()).launches.all, []);
  });

  it('asks for what has no value before anything runs', async () => {
    await writeFile(
      file.fsPath,
      'entry_points:\n  main:\n    parameters: {data: path}\n    command: "python x.py {data}"\n',
    );
    person.pick = (title) => (title.startsWith('Run main') && !asked ? run() : undefined);
    let asked = false;
    const run = (): string => {
      asked = true;
      return 'Run';
    };
    await vscode.commands.executeCommand(commands.runEntryPoint, file.toString(), 'main');
    assert.deepEqual((await exported()).launches.all, []);
    assert.deepEqual(person.asked[1]?.labels, [
      'Choose File…',
      'Choose Folder…',
      'Enter a Path or URI…',
    ]);
  });
});
