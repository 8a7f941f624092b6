import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root } from '../../../scripts/paths.mts';
import { startTied } from '../../../scripts/tiedProcess.mts';
import { isAlive } from '../../../scripts/withLock.mts';

/** Says its own id and its child's, and then both stay. */
const family = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  console.log(process.pid + ' ' + child.pid);
  setInterval(() => {}, 1e6);
`;

const module = JSON.stringify(pathToFileURL(path.join(root, 'scripts', 'tiedProcess.mts')).href);
const owner = `
  import { startTied } from ${module};
  startTied(process.execPath, ['-e', ${JSON.stringify(family)}], { onLine: (line) => console.log(line) });
  setInterval(() => {}, 1e6);
`;

const toIds = (line: string): number[] => line.split(' ').map(Number);

const untilGone = async (ids: readonly number[]): Promise<void> => {
  while (ids.some(isAlive)) await delay(20);
};

describe('a tied process', () => {
  it('ends with all that it started when it is stopped', async () => {
    let tell = (_line: string): void => undefined;
    const told = new Promise<string>((resolve) => (tell = resolve));
    const tied = startTied(process.execPath, ['-e', family], { onLine: (line) => tell(line) });
    const ids = toIds(await told);
    assert.deepEqual(ids.map(isAlive), [true, true]);
    await tied.stop();
    await untilGone(ids);
  });

  it('ends with all that it started when its owner is killed', async () => {
    const killed = spawn(process.execPath, ['--input-type=module', '-e', owner]);
    const [line] = (await once(createInterface({ input: killed.stdout }), 'line')) as [string];
    const ids = toIds(line);
    assert.deepEqual(ids.map(isAlive), [true, true]);
    killed.kill('SIGKILL');
    await untilGone(ids);
  });

  it('keeps its exit code and its last lines', async () => {
    const tied = startTied(process.execPath, [
      '-e',
      'console.error("no such store"); process.exit(3)',
    ]);
    assert.equal(await tied.exited, 3);
    assert.equal(tied.output(), 'no such store');
  });
});
