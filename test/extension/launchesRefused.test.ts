import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import { ArtifactStub } from '../support/artifactStub';
import { LaunchingStage } from './launchingStage';
import { activated, change, connect, until } from './underTest';

describe('launching projects where something is wrong', function () {
  this.timeout(60_000);

  const stage = new LaunchingStage();

  it('says what is missing where there is no MLflow', async () => {
    await change(settings.interpreter, '/no/such/python');
    await stage.launch({});
    await until('it is said', () => stage.person.said.length > 0);
    assert.match(
      stage.person.last.text,
      /mlflow\.interpreter \(\/no\/such\/python\) has no MLflow/,
    );
    assert.deepEqual((await stage.exported()).launches.all, []);
  });

  it('says so where MLflow is too old, or its Python has become broken', async () => {
    await stage.setVersion('1.9');
    await stage.launch({});
    assert.match(stage.person.last.text, /has MLflow 1\.9, which is too old/);
    await writeFile(path.join(stage.folder, 'bin', 'python'), '#!/bin/sh\nexit 1\n');
    await stage.launch({});
    assert.match(stage.person.last.text, /has no MLflow, or does not run/);
    assert.deepEqual((await stage.exported()).launches.all, []);
  });

  const refusals: readonly [what: string, text: string, said: RegExp][] = [
    ['is no YAML', 'entry_points: {main: {command: "x"', /MLflow cannot read MLproject: /],
    ['has no entry points', 'name: iris\n', /has no entry points\. Add one below/],
    ['has lost the entry point', 'entry_points: {a: {command: x}}', /has no entry point main\./],
    ['has no command', 'entry_points: {main: {}}', /MLflow cannot run main: .*no `command`/],
    [
      'names a parameter that is not there',
      'entry_points: {main: {command: "x {y}"}}',
      /MLflow cannot run main: /,
    ],
    [
      'names an environment that is not there',
      'python_env: gone.yaml\nentry_points: {main: {command: x}}',
      /MLflow cannot run main: .*gone\.yaml/,
    ],
  ];
  for (const [what, text, said] of refusals) {
    it(`says why it runs nothing of an MLproject that ${what}`, async () => {
      await writeFile(stage.file.fsPath, text);
      await stage.launch({});
      await until('it is said', () => stage.person.said.length > 0);
      assert.match(stage.person.last.text, said);
      assert.deepEqual((await stage.exported()).launches.all, []);
    });
  }

  it('runs an entry point whatever is wrong with another one', async () => {
    await writeFile(
      stage.file.fsPath,
      'entry_points: {main: {command: "x"}, other: {command: "x {y}"}}\n',
    );
    await stage.launch({});
    await stage.untilItIs('finished');
  });

  it('says so where a process ends well and no run of it is to be found', async () => {
    await stage.launch({});
    await until('it is said', async () =>
      /no run of it was found/.test((await stage.launched()).message ?? ''),
    );
    assert.equal(await stage.state(), 'finished');
  });

  it('says what is wrong with a server that is gone before anything is asked', async () => {
    const api = await activated();
    const gone = await new ArtifactStub().start();
    const { url } = gone;
    await gone.close();
    try {
      await connect(api, url);
      await stage.launch({});
      assert.match(stage.person.last.text, /127\.0\.0\.1/);
      assert.deepEqual(stage.person.asked, []);
      assert.deepEqual((await stage.exported()).launches.all, []);
    } finally {
      await connect(api, stage.server.url);
    }
  });

  it('refuses a database of another release of MLflow, and leaves it as it is', async () => {
    const api = await activated();
    const database = path.join(stage.folder, 'mlflow.db');
    const made = new DatabaseSync(database);
    made.exec(
      `CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0584bdc529eb');`,
    );
    made.close();
    const versions = path.join(
      stage.folder,
      'packages',
      'mlflow',
      'store',
      'db_migrations',
      'versions',
    );
    await mkdir(versions, { recursive: true });
    await writeFile(
      path.join(versions, 'a.py'),
      'revision = "f4a9b2c7d1e6"\ndown_revision = "0584bdc529eb"\n',
    );
    const before = await readFile(database);
    await change(settings.launchEnvironment, { NOTES: stage.folder });
    try {
      await connect(api, '');
      await change(settings.launchEnvironment, {
        NOTES: stage.folder,
        MLFLOW_TRACKING_URI: `sqlite:///${database}`,
      });
      await stage.launch({});
      assert.match(
        stage.person.last.text,
        /schema 0584bdc529eb, not f4a9b2c7d1e6\).*mlflow\.interpreter.*backup.*mlflow db upgrade/,
      );
      assert.ok((await readFile(database)).equals(before));
      assert.deepEqual((await stage.exported()).launches.all, []);
    } finally {
      await connect(api, stage.server.url);
    }
  });

  it('asks for what has no value before anything runs', async () => {
    await writeFile(
      stage.file.fsPath,
      'entry_points:\n  main:\n    parameters: {data: path}\n    command: "python x.py {data}"\n',
    );
    stage.person.pick = (title) => (title.startsWith('Run main') && !asked ? run() : undefined);
    let asked = false;
    const run = (): string => {
      asked = true;
      return 'Run';
    };
    await vscode.commands.executeCommand(commands.runEntryPoint, stage.file.toString(), 'main');
    assert.deepEqual((await stage.exported()).launches.all, []);
    assert.deepEqual(stage.person.asked[1]?.labels, [
      'Choose File…',
      'Choose Folder…',
      'Enter a Path or URI…',
    ]);
  });
});
