import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { markedRun } from '../../../src/launching/markedRun';

const never = new AbortController().signal;

describe('the run that processes name', function () {
  this.timeout(20_000);

  it('is that of their launch, and none once they have ended', async () => {
    const token = randomUUID();
    const start = (more: Readonly<Record<string, string>>) =>
      spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...more },
        stdio: ['pipe', 'ignore', 'ignore'],
      });
    const children = [
      start({ MLFLOW_WORKBENCH_LAUNCH: randomUUID(), MLFLOW_RUN_ID: 'other' }),
      start({ MLFLOW_WORKBENCH_LAUNCH: token, MLFLOW_RUN_ID: 'own' }),
    ];
    try {
      const mark = Promise.resolve({ token, keeper: 1 });
      const isLinux = process.platform === 'linux';
      const ended = isLinux ? new Promise(() => undefined) : Promise.resolve();
      assert.equal(await markedRun(mark, ended, never), isLinux ? 'own' : undefined);
      const none = Promise.resolve({ token: randomUUID(), keeper: 1 });
      assert.equal(await markedRun(none, Promise.resolve(), never), undefined);
      assert.equal(await markedRun(undefined, ended, never), undefined);
    } finally {
      children.forEach((child) => child.kill('SIGKILL'));
    }
  });
});
