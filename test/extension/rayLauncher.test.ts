import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LaunchTitle, ProjectCommand } from '../../src/projects/launchContracts';
import { RayLauncher } from '../../src/ray/rayLauncher';
import type { Memory } from '../../src/state/memory';
import { type RayStub, serverFarewell, serverFrame, startRayStub } from '../support/rayStub';
import { memoryLog } from '../support/storeDoors';

const ignore = (): void => undefined;
const memory = (): Memory => {
  const kept = new Map<string, unknown>();
  return {
    get: (key) => kept.get(key),
    update: (key, value) => Promise.resolve(void kept.set(key, value)),
  };
};

const client = { set: { MLFLOW_TRACKING_URI: 'https://mlflow.example' }, unset: [] };

describe('a run on Ray, in the editor', function () {
  this.timeout(60_000);

  let stub: RayStub;
  let folder: string;
  let launcher: RayLauncher;

  beforeEach(async () => {
    stub = await startRayStub();
    folder = await mkdtemp(path.join(tmpdir(), 'ray '));
    await writeFile(path.join(folder, 'train.py'), 'print(1)');
    launcher = new RayLauncher(memoryLog([]), memory());
  });

  afterEach(async () => {
    launcher.dispose();
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    await stub.close();
    await rm(folder, { recursive: true, force: true });
  });

  const commandFor = (runId: string): ProjectCommand => ({
    ...{ program: { kind: 'script', file: 'train.py', folder }, parameters: [], runId },
    ...{ experimentId: '1', environmentManager: 'local', extraArguments: [], environment: {} },
    backend: { name: 'ray', configFile: JSON.stringify({ address: stub.url }) },
  });
  const titleFor = (id: string, closeAfterSuccess: boolean): LaunchTitle => ({
    ...{ id, title: 'mlflow run: on ray', groupId: undefined, closeAfterSuccess },
  });
  const opened = (name = /(?:)/): Promise<vscode.Terminal> =>
    new Promise((resolve) => {
      const heard = vscode.window.onDidOpenTerminal((terminal) => {
        if (!name.test(terminal.name)) return;
        heard.dispose();
        resolve(terminal);
      });
    });
  const closed = (terminal: vscode.Terminal): Promise<void> =>
    new Promise((resolve) => {
      const heard = vscode.window.onDidCloseTerminal((one) => {
        if (one !== terminal) return;
        heard.dispose();
        resolve();
      });
    });

  it('has a terminal that streams what it prints and closes after success', async () => {
    let isAsked: () => void = () => undefined;
    const streamed = new Promise<void>((resolve) => (isAsked = resolve));
    stub.tail = (_, socket) => {
      socket.write(Buffer.concat([serverFrame('epoch 1\n'), serverFarewell]));
      isAsked();
    };
    const opening = opened();
    const launched = await launcher.start(commandFor('r1'), titleFor('r1', true), client);
    const terminal = await opening;
    assert.match(terminal.name, /on ray/);
    const closing = closed(terminal);
    const job = stub.jobs.get('mlflow-r1');
    assert.ok(job);
    Object.assign(job, { status: 'RUNNING', driver_node_id: 'n1' });
    await streamed;
    assert.equal(launched.show(), true);
    job.status = 'SUCCEEDED';
    assert.deepEqual(await launched.ended, { code: 0 });
    await closing;
  });

  it('is stopped by closing its terminal', async () => {
    const opening = opened();
    const launched = await launcher.start(commandFor('r2'), titleFor('r2', false), client);
    const terminal = await opening;
    const job = stub.jobs.get('mlflow-r2');
    assert.ok(job);
    Object.assign(job, { status: 'RUNNING', driver_node_id: 'n1' });
    terminal.dispose();
    assert.deepEqual(await launched.ended, { code: undefined, wasAsked: true });
    assert.equal(job.status, 'STOPPED');
  });

  it('is stopped by Ctrl+C in its terminal, which stays to be read', async () => {
    const opening = opened();
    const launched = await launcher.start(commandFor('r3'), titleFor('r3', false), client);
    const terminal = await opening;
    const job = stub.jobs.get('mlflow-r3');
    assert.ok(job);
    Object.assign(job, { status: 'RUNNING', driver_node_id: 'n1' });
    terminal.sendText('\x03', false);
    assert.deepEqual(await launched.ended, { code: undefined, wasAsked: true });
    assert.ok(vscode.window.terminals.includes(terminal));
  });

  it('is found again by a window that comes after', async () => {
    await launcher.start(commandFor('r4'), titleFor('r4', false), client);
    const later = new RayLauncher(memoryLog([]), memory());
    try {
      const found = await later.resume(commandFor('r4'), titleFor('r4', false), ignore);
      const job = stub.jobs.get('mlflow-r4');
      assert.ok(found && job);
      job.status = 'SUCCEEDED';
      assert.deepEqual(await found.ended, { code: 0 });
      const gone = await later.resume(commandFor('gone'), titleFor('gone', false), ignore);
      assert.equal(gone, undefined);
    } finally {
      later.dispose();
    }
  });

  it('goes on where its terminal is closed together with its window', async () => {
    const opening = opened();
    await launcher.start(commandFor('r7'), titleFor('r7', false), client);
    const terminal = await opening;
    const job = stub.jobs.get('mlflow-r7');
    assert.ok(job);
    Object.assign(job, { status: 'RUNNING', driver_node_id: 'n1' });
    const closing = closed(terminal);
    terminal.dispose();
    await closing;
    launcher.dispose();
    const later = new RayLauncher(memoryLog([]), memory());
    try {
      const found = await later.resume(commandFor('r7'), titleFor('r7', false), ignore);
      assert.ok(found);
      assert.equal(job.status, 'RUNNING');
    } finally {
      later.dispose();
    }
  });

  it('takes no terminal of others for its own, and saves files before it is sent', async () => {
    const file = vscode.Uri.file(path.join(folder, 'train.py'));
    const editor = await vscode.window.showTextDocument(file);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# new\n'));
    const opening = opened(/on ray/);
    const launching = launcher.start(commandFor('r8'), titleFor('r8', true), client);
    const other = vscode.window.createTerminal('of somebody else');
    const launched = await launching;
    const mine = vscode.window.createTerminal('of another');
    assert.match(await readFile(file.fsPath, 'utf8'), /^# new/);
    const closing = closed(await opening);
    const job = stub.jobs.get('mlflow-r8');
    assert.ok(job);
    job.status = 'SUCCEEDED';
    await launched.ended;
    await closing;
    assert.ok([other, mine].every((one) => vscode.window.terminals.includes(one)));
  });

  it('is waited for where its cluster does not answer a window that comes after', async () => {
    await launcher.start(commandFor('r6'), titleFor('r6', false), client);
    const later = new RayLauncher(memoryLog([]), memory());
    try {
      stub.intercept = (_, response) => {
        response.writeHead(503).end('asleep');
        return true;
      };
      const troubles: string[] = [];
      const found = await later.resume(commandFor('r6'), titleFor('r6', false), (error) => {
        troubles.push(String(error));
        stub.intercept = () => false;
      });
      assert.ok(found);
      assert.match(troubles.join('\n'), /^\S+ No Ray cluster answers at [^\n]+$/);
    } finally {
      later.dispose();
    }
  });

  it('says what to do where no cluster answers', async () => {
    await stub.close();
    await assert.rejects(
      launcher.endLost('r5', commandFor('r5').backend),
      /No Ray cluster answers at http:\/\/127\.0\.0\.1/,
    );
    await assert.rejects(
      launcher.start(commandFor('r5'), titleFor('r5', false), client),
      /No Ray cluster answers at http:\/\/127\.0\.0\.1/,
    );
  });
});
