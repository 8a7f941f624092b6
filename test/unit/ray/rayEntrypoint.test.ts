import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { ProjectCommand } from '../../../src/projects/launchContracts';
import { readRayConfig } from '../../../src/ray/jobs/rayConfig';
import { quoted, rayEntrypoint } from '../../../src/ray/jobs/rayEntrypoint';
import { RayProblem } from '../../../src/ray/jobs/rayProblem';
import { placeProgram } from '../../../src/ray/jobs/workingFolder';
import { randomValues } from '../../support/randomValues';

const command: ProjectCommand = {
  program: { kind: 'project', uri: '.', version: undefined, entryPoint: 'train' },
  ...{ parameters: [['lr', '0.1 $(id)']], experimentId: '7', runId: 'abc' },
  ...{ environmentManager: 'local', backend: { name: 'ray', configFile: undefined } },
  ...{ extraArguments: [], environment: {} },
};

describe('the entry point of a job', () => {
  it('is what mlflow run would be here, for a shell, without the backend', () => {
    const { program } = command;
    assert.equal(
      rayEntrypoint(command, { python: 'python', program, isPacked: false }),
      'exec python -m mlflow run --entry-point train --experiment-id 7 --run-id abc ' +
        "--env-manager local -P 'lr=0.1 $(id)' -- .",
    );
  });

  it('puts the folder of a Python first', () => {
    const { program } = command;
    const text = rayEntrypoint(command, {
      python: '/opt/my py/bin/python',
      program,
      isPacked: false,
    });
    assert.match(text, /^PATH='\/opt\/my py\/bin':"\$PATH" exec '\/opt\/my py\/bin\/python' -m /);
  });

  it('is refused where no shell would take it', () => {
    const long = { ...command, parameters: [['x', 'é'.repeat(70_000)]] } as const;
    const place = { python: 'python', program: command.program, isPacked: false };
    assert.throws(() => rayEntrypoint(long, place), RayProblem);
  });

  it('keeps five thousand odd values as they are in a POSIX shell', () => {
    const values = randomValues(5000, 3);
    for (let at = 0; at < values.length; at += 500) {
      const some = values.slice(at, at + 500);
      const print = 'process.stdout.write(process.argv.slice(1).join("\\0"))';
      const words = [process.execPath, '-e', print, '--', ...some];
      const out = execFileSync('/bin/sh', ['-c', `exec ${words.map(quoted).join(' ')}`]);
      assert.deepEqual(out.toString().split('\0'), some);
    }
  });
});

describe('the working directory of a job', () => {
  const folder = path.resolve('/code/project');
  const project = { kind: 'project', uri: folder, version: undefined, entryPoint: 'main' } as const;
  const script = { kind: 'script', file: 'train.py', folder } as const;
  const config = (workingDir?: string) =>
    readRayConfig(JSON.stringify({ working_dir: workingDir }));

  it('is the project, unless one above it is named', () => {
    assert.deepEqual(placeProgram(project, config(), undefined), {
      program: { ...project, uri: '.' },
      source: { folder },
    });
    assert.deepEqual(placeProgram(project, config('..'), folder), {
      program: { ...project, uri: './project' },
      source: { folder: path.resolve('/code') },
    });
    assert.deepEqual(
      placeProgram({ ...script, file: path.join(folder, 'a', 't.py') }, config('..'), folder),
      {
        program: { ...script, file: 'project/a/t.py' },
        source: { folder: path.resolve('/code') },
      },
    );
  });

  it('may be where the cluster gets it by itself', () => {
    assert.deepEqual(placeProgram(script, config('s3://b/code.zip'), folder).source, {
      uri: 's3://b/code.zip',
    });
    const git = { ...project, uri: 'https://host/p.git#sub', version: 'v1' };
    assert.deepEqual(placeProgram(git, config(), undefined), { program: git, source: undefined });
  });

  it('is refused where the program is not in it', () => {
    assert.throws(() => placeProgram(project, config('../other'), folder), RayProblem);
    assert.throws(() => placeProgram({ ...script, file: '../x.py' }, config(), folder), RayProblem);
  });
});
