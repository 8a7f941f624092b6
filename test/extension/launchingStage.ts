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

/** What the stand-in for MLflow was given. */
export interface Notes {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly pids?: readonly number[];
}

/** A project, a server and a Python whose MLflow is a stand-in; a new project and Python for each test. */
export class LaunchingStage {
  /** Holds everything; in its name is a blank. */
  folder = '';
  server = new ArtifactStub();
  person!: StandIns;

  constructor() {
    before(async () => {
      await this.server.start();
      await connect(await activated(), this.server.url);
    });
    beforeEach(() => this.set());
    afterEach(() => this.tidy());
    after(async () => {
      for (const id of [settings.interpreter, settings.launchEnvironment, settings.trackingUri]) {
        await change(id, undefined);
      }
      await this.server.close();
    });
  }

  /** Of the stand-in, with its packages. */
  get packages(): string {
    return path.join(this.folder, 'packages');
  }

  get python(): string {
    return path.join(this.folder, 'bin', 'python');
  }

  get project(): string {
    return path.join(this.folder, 'iris');
  }

  /** The MLproject. */
  get file(): vscode.Uri {
    return vscode.Uri.file(path.join(this.project, 'MLproject'));
  }

  async exported() {
    const { launches, launching } = await theExtension().activate();
    return { launches, launching };
  }

  /** Fills in the form, row by row, and runs it. */
  async launch(values: Readonly<Record<string, string>>): Promise<void> {
    const rest = Object.entries(values);
    this.person.pick = () => {
      const [next] = rest;
      this.person.type = next?.[1];
      rest.shift();
      return next === undefined ? 'Run' : next[0];
    };
    await vscode.commands.executeCommand(commands.runEntryPoint, this.file.toString(), 'main');
  }

  async launched(): Promise<Launch> {
    const { launches } = await this.exported();
    const [newest] = launches.all;
    assert.ok(newest, JSON.stringify(this.person.said));
    return newest;
  }

  async state(): Promise<string> {
    return (await this.launched()).state;
  }

  async untilItIs(state: Launch['state']): Promise<void> {
    await until(`it is ${state}`, async () => (await this.state()) === state);
  }

  /** Resolves once the stand-in runs. */
  async notes(): Promise<Notes> {
    const name = path.join(this.folder, 'notes.json');
    await until('the process runs', () =>
      access(name).then(
        () => true,
        () => false,
      ),
    );
    return JSON.parse(await readFile(name, 'utf8')) as Notes;
  }

  private async set(): Promise<void> {
    this.folder = await mkdtemp(path.join(tmpdir(), 'launches '));
    await mkdir(path.join(this.packages, 'mlflow'), { recursive: true });
    await this.setVersion('3.0');
    await writeFile(path.join(this.packages, 'mlflow', '__init__.py'), '');
    await writeFile(path.join(this.packages, 'mlflow', '__main__.py'), standIn);
    await mkdir(path.dirname(this.python));
    await writeFile(this.python, `#!/bin/sh\nPYTHONPATH='${this.packages}' exec python3 "$@"\n`);
    await chmod(this.python, 0o755);
    await mkdir(this.project);
    await writeFile(this.file.fsPath, project);
    await change(settings.interpreter, this.python);
    await change(settings.launchEnvironment, { NOTES: this.folder, ODD: '${env:NOT_SET}x' });
    this.person = new StandIns();
  }

  /** What the stand-in says that it is, in the place of what it said before. */
  async setVersion(version: string): Promise<void> {
    const about = path.join(this.packages, 'mlflow-0.dist-info');
    await mkdir(about, { recursive: true });
    await writeFile(
      path.join(about, 'METADATA'),
      `Metadata-Version: 2.1\nName: mlflow\nVersion: ${version}\n`,
    );
  }

  private async tidy(): Promise<void> {
    this.person.restore();
    const { launches, launching } = await this.exported();
    for (const { id } of launches.all) {
      await (await launching.get()).stop(id);
      (await launching.get()).remove(id);
    }
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
