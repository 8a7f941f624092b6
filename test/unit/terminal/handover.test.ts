import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandLine } from '../../../src/projects/launchContracts';
import { Handover, type HandoverOptions } from '../../../src/terminal/handover';
import { eventually } from '../../support/eventually';
import { randomValues } from '../../support/randomValues';

const python = 'python3';

describe('the keeper of a process', function () {
  this.timeout(60_000);

  let folder: string;
  const started: ChildProcess[] = [];
  const handovers: Handover[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kept '));
  });

  afterEach(async () => {
    handovers.splice(0).forEach((handover) => handover.dispose());
    started.splice(0).forEach((each) => each.kill('SIGKILL'));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  async function keep(
    source: string,
    args: readonly string[] = [],
    options: Partial<HandoverOptions> & Pick<Partial<CommandLine>, 'env' | 'without'> = {},
  ): Promise<{ handover: Handover; keeper: ChildProcess }> {
    const { env = {}, without = [], ...rest } = options;
    const line = { program: python, args: ['-c', source, ...args], env, without, cwd: folder };
    const patience = [0.5, 0.5, 0.5] as const;
    const handover = await Handover.open(line, { tied: false, patience, ...rest });
    handovers.push(handover);
    const { start } = handover;
    const keeper = spawn(start.program, [...start.args], {
      cwd: start.cwd,
      env: { ...process.env, ...start.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(keeper);
    return { handover, keeper };
  }

  const file = (name: string): string => path.join(folder, name);
  /** Waits for a file that a script writes; one that is empty is just being written. */
  const there = (name: string): Promise<string> =>
    eventually(
      name,
      () => readFile(file(name), 'utf8').catch(() => ''),
      (text) => text !== '',
    );
  const lives = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  const gone = async (...pids: readonly number[]): Promise<void> => {
    await eventually(
      'their end',
      () => pids.filter(lives),
      ({ length }) => length === 0,
    );
  };

  it('hands 10,000 random values on, byte for byte, and not through its own arguments', async () => {
    const values = randomValues(10_000);
    const script = `import os, sys
with open("out", "wb") as out:
    for value in sys.argv[1:]:
        out.write(os.fsencode(value) + b"\\0")`;
    const { handover, keeper } = await keep(script, values, { shown: '' });
    assert.equal(
      keeper.spawnargs.some((each) => values.includes(each)),
      false,
    );
    assert.deepEqual(await handover.ended, { code: 0 });
    const found = (await readFile(file('out'), 'utf8')).split('\0').slice(0, -1);
    assert.equal(found.length, values.length);
    assert.deepEqual(
      found.findIndex((value, index) => value !== values[index]),
      -1,
    );
  });

  it('sets and takes away variables, with what VS Code would replace in them', async () => {
    const script = `import os
with open("out", "w") as out: out.write(os.environ["SECRET"] + str("HOME" in os.environ))`;
    const { handover } = await keep(script, [], {
      env: { SECRET: '${env:HOME} ü' },
      without: ['HOME'],
    });
    assert.deepEqual(await handover.ended, { code: 0 });
    assert.equal(await readFile(file('out'), 'utf8'), '${env:HOME} üFalse');
  });

  it('hands on the exit code, also of what a signal has ended', async () => {
    assert.deepEqual(await (await keep('raise SystemExit(7)')).handover.ended, { code: 7 });
    const killed = await keep('import os; os.kill(os.getpid(), 9)');
    assert.deepEqual(await killed.handover.ended, { code: 137 });
    const missing = await Handover.open(
      { program: '/no/such/program', args: [], env: {}, cwd: folder },
      { tied: false },
    );
    handovers.push(missing);
    const keeper = spawn(python, [...missing.start.args], {
      env: { ...process.env, ...missing.start.env },
    });
    started.push(keeper);
    assert.deepEqual(await missing.ended, { code: 127 });
  });

  it('interrupts the command alone at first', async () => {
    const script = `import signal, subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
try:
    open("ready", "w").write("yes")
    time.sleep(60)
except KeyboardInterrupt:
    open("out", "w").write(str(worker.poll()))
    worker.kill()
    sys.exit(3)`;
    const { handover } = await keep(script);
    await there('ready');
    handover.interrupt();
    assert.deepEqual(await handover.ended, { code: 3, wasAsked: true });
    assert.equal(await there('out'), 'None');
  });

  it('leaves nothing of a script that forks into sessions of their own and ignores signals', async () => {
    const { handover } = await keep(stubborn);
    const pids = [Number(await there('child')), Number(await there('grandchild'))];
    handover.interrupt();
    const { code } = await handover.ended;
    assert.notEqual(code, 0);
    await gone(...pids);
  });

  it('ends everything when its terminal is closed', async () => {
    const { handover, keeper } = await keep(stubborn);
    const pids = [Number(await there('child')), Number(await there('grandchild'))];
    keeper.kill('SIGHUP');
    await handover.ended;
    await gone(...pids);
  });

  it('ends with the editor when it is tied to it, and outlives it otherwise', async () => {
    const script = `import os, time
open("pid" + os.environ["WHICH"], "w").write(str(os.getpid()))
time.sleep(60)`;
    const tied = await keep(script, [], { tied: true, env: { WHICH: '1' } });
    const free = await keep(script, [], { tied: false, env: { WHICH: '2' } });
    const pids = [Number(await there('pid1')), Number(await there('pid2'))] as const;
    tied.handover.dispose();
    free.handover.dispose();
    await gone(pids[0]);
    assert.ok(lives(pids[1]));
    free.keeper.kill('SIGTERM');
    await gone(pids[1]);
  });

  it('is found again by an editor that comes later, which hears of its end and can ask for it', async () => {
    const { handover, keeper } = await keep(`${waits}
raise SystemExit(5)`);
    const pid = Number(await there('waiting'));
    const mark = await handover.mark;
    assert.equal(mark.keeper, keeper.pid);
    handover.dispose();
    const again = await Handover.resume(mark.token);
    handovers.push(again);
    assert.deepEqual(await again.mark, mark);
    assert.ok(lives(pid));
    await writeFile(file('go'), '');
    assert.deepEqual(await again.ended, { code: 5 });

    const other = await keep(stubborn);
    const pids = [Number(await there('child')), Number(await there('grandchild'))];
    const { token } = await other.handover.mark;
    other.handover.dispose();
    const later = await Handover.resume(token);
    handovers.push(later);
    later.interrupt();
    const { wasAsked } = await later.ended;
    assert.equal(wasAsked, true);
    await gone(...pids);
  });

  it('leaves nothing of a script that prints without end, asked for or left by its terminal', async () => {
    const script = `import os
open("pid", "w").write(str(os.getpid()))
while True: print("x" * 1000)`;
    const { handover, keeper } = await keep(script);
    keeper.stdout?.pause();
    const pid = Number(await there('pid'));
    handover.interrupt();
    await handover.ended;
    await gone(pid);
  });

  it('leaves nothing where the keeper itself is killed', async () => {
    const { handover, keeper } = await keep(stubborn);
    const pids = [Number(await there('child')), Number(await there('grandchild'))];
    keeper.kill('SIGKILL');
    assert.deepEqual(await handover.ended, { code: undefined });
    await gone(...pids);
  });

  it('ends what a finished command has left in its group', async () => {
    const script = `import subprocess, sys
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open("worker", "w").write(str(worker.pid))`;
    const { handover } = await keep(script);
    assert.deepEqual(await handover.ended, { code: 0 });
    await gone(Number(await there('worker')));
  });

  it('starts on Windows with nothing that has to be quoted, and all that it is told in the environment', async () => {
    const line = { program: 'C:\\a b\\python.exe', args: ['x "y" z'], env: {}, cwd: 'C:\\p' };
    const handover = await Handover.open(line, { tied: false, platform: 'win32' });
    handovers.push(handover);
    const { program, args, env } = handover.start;
    assert.equal(program, 'C:\\a b\\python.exe');
    assert.doesNotMatch(args.join('\n'), /["\\$]/);
    assert.match(env['MLFLOW_WORKBENCH_LINK'] ?? '', /^127\.0\.0\.1:\d+$/);
    assert.doesNotMatch(JSON.stringify(env), /x \\"y\\" z/);
    assert.ok((env['MLFLOW_WORKBENCH_KEEPER'] ?? '').length < 32_000);
  });
});

const waits = `import os, time
open("waiting", "w").write(str(os.getpid()))
while not os.path.exists("go"): time.sleep(0.02)`;

const stubborn = `import os, signal, time
for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(sign, signal.SIG_IGN)
def note(name):
    with open(name + ".part", "w") as out: out.write(str(os.getpid()))
    os.rename(name + ".part", name)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        note("grandchild")
        time.sleep(60)
    os._exit(0)
note("child")
time.sleep(60)`;
