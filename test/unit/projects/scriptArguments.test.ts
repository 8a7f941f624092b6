import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandLine } from '../../../src/terminal/commandLine';
import { randomValues } from '../../support/randomValues';

/** argparse takes a time that grows with the square. */
const perProcess = 400;

/** Python's own reader of arguments takes what begins with a dash for the name of an option, unless it is a plain number. */
const script = `import argparse, os
parser = argparse.ArgumentParser(allow_abbrev=False)
for number in range(${perProcess}):
    parser.add_argument(f"--p{number}")
given = vars(parser.parse_args())
with open("out", "wb") as out:
    for number in range(${perProcess}):
        out.write(os.fsencode(given[f"p{number}"]) + b"\\0")
`;
const dashes = ['-', '---', '-1', '-0.5', '-.5', '-1e-3', '-1x', '-x', '--p1', '-1 2', '-\n', '–1'];

describe('a plain script', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'script '));
    await writeFile(path.join(folder, 'train.py'), script);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('reads 10,000 random values of its arguments as they are', async () => {
    // argparse loses a value of two dashes, however it is given.
    const random = randomValues(10_000, 5).map((value) => (value === '--' ? '--x' : value));
    const values = [...dashes, ...random.slice(dashes.length)];
    for (let start = 0; start < values.length; start += perProcess) {
      const some = values.slice(start, start + perProcess);
      const { program, args, cwd } = commandLine(
        {
          program: { kind: 'script', file: 'train.py', folder },
          parameters: some.map((value, index) => [`p${index}`, value]),
          ...{ experimentId: '0', runId: 'r', environmentManager: 'local', backend: undefined },
          ...{ extraArguments: [], environment: {} },
        },
        {
          ...{ python: 'python3', platform: 'posix', path: '', folder: '/' },
          variables: { set: {}, unset: [] },
        },
      );
      execFileSync(program, args, { cwd, stdio: 'pipe' });
      const read = (await readFile(path.join(folder, 'out'), 'utf8')).split('\0').slice(0, -1);
      assert.deepEqual(read, some);
    }
  });

  it('is run as a file, whatever its name begins with', () => {
    const { args } = commandLine(
      {
        program: { kind: 'script', file: '-cprint(1)', folder },
        ...{ experimentId: '0', runId: 'r', environmentManager: 'local', backend: undefined },
        ...{ parameters: [], extraArguments: [], environment: {} },
      },
      {
        ...{ python: 'python3', platform: 'posix', path: '', folder: '/' },
        variables: { set: {}, unset: [] },
      },
    );
    assert.deepEqual(args, ['./-cprint(1)']);
  });
});
