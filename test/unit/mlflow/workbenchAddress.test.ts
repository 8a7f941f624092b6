import assert from 'node:assert/strict';
import { sameServer } from '../../../src/mlflow/sameServer';
import {
  parseWorkbenchAddress,
  readWorkbenchAddress,
  workbenchAddress,
} from '../../../src/mlflow/workbenchAddress';

const id = '0123456789abcdef0123456789abcdef';
const here = 'vscode://mlflow-workbench.mlflow-workbench';

describe('workbenchAddress', () => {
  it('leads back to the run and its server', () => {
    for (const uri of ['http://host:5000', 'https://host/pre/fix', 'http://host/%20/경로']) {
      const address = workbenchAddress('vscode-insiders', id, uri);
      assert.match(address, /^vscode-insiders:\/\/mlflow-workbench\.mlflow-workbench\/run\//);
      const reference = parseWorkbenchAddress(address);
      const server = typeof reference === 'object' ? reference.serverUrl : undefined;
      assert.ok(server !== undefined && sameServer(server, uri), address);
    }
  });

  it('never holds a password', () => {
    for (const uri of [
      'http://me:secret@host',
      'http://host?token=secret',
      'postgresql://me:secret@host/db',
    ]) {
      assert.doesNotMatch(workbenchAddress('vscode', id, uri), /secret|me%3A/);
    }
  });
});

describe('parseWorkbenchAddress', () => {
  it('reads runs and experiments, with or without a server', () => {
    const run = { kind: 'run', runId: id, serverUrl: undefined };
    assert.deepEqual(parseWorkbenchAddress(`${here}/run/${id}`), run);
    assert.deepEqual(parseWorkbenchAddress(` ${here}/run/${id.toUpperCase()}/?uri= `), run);
    assert.deepEqual(
      parseWorkbenchAddress(`${here}/experiment/12?uri=http%3A%2F%2Fhost%3A5000%2F`),
      {
        kind: 'experiment',
        experimentId: '12',
        serverUrl: 'http://host:5000',
      },
    );
  });

  it('leaves what is no such address to others', () => {
    for (const text of [
      '',
      id,
      `http://host/run/${id}`,
      `vscode://other.extension/run/${id}`,
      here,
    ]) {
      assert.equal(parseWorkbenchAddress(text), undefined, text);
    }
  });

  it('knows an address that cannot be decoded', () => {
    assert.equal(parseWorkbenchAddress(`${here}/run/${id}?uri=%E0%A4%A`), 'uri');
  });
});

describe('readWorkbenchAddress', () => {
  it('refuses what names neither a run nor an experiment', () => {
    for (const path of [
      '',
      '/',
      '/run',
      '/run/',
      `/run/${id}0`,
      `/run/${id}/more`,
      `/runs/${id}`,
      `/run/../${id}`,
      '/experiment/abc',
      '/experiment/-1',
      `/experiment/${'1'.repeat(33)}`,
    ]) {
      assert.equal(readWorkbenchAddress(path, ''), 'what', path);
    }
  });

  it('refuses a tracking URI with a user name or password', () => {
    for (const uri of [
      'http://me@host',
      'http://me:secret@host',
      'http://:secret@host',
      'http://host:5000@evil.example/',
      'postgresql://me:secret@host/db',
    ]) {
      assert.equal(readWorkbenchAddress(`/run/${id}`, `uri=${uri}`), 'userInfo', uri);
    }
  });

  it('refuses a tracking URI that cannot be read', () => {
    for (const uri of ['http://', 'http://[', 'http://ho\nst', `http://${'a'.repeat(2001)}`]) {
      assert.equal(readWorkbenchAddress(`/run/${id}`, `uri=${uri}`), 'uri', uri);
    }
  });

  const spellings: [query: string, serverUrl: string][] = [
    ['uri=HTTP://Host:80/', 'http://host'],
    ['uri=http:host', 'http://host'],
    ['uri=http:\\\\host\\path', 'http://host/path'],
    ['uri=http://host/?x=1', 'http://host'],
    ['uri=http://host/#/experiments/1', 'http://host'],
    ['windowId=_blank&uri=http://host&x=y', 'http://host'],
    ['uri=http://1.1', 'http://1.0.0.1'],
    ['uri=http://пример.example', 'http://xn--e1afmkfd.example'],
    ['uri=sqlite:///a.db', 'sqlite:///a.db'],
  ];
  for (const [query, serverUrl] of spellings) {
    it(`reads ${query} as the server that it leads to`, () => {
      const reference = readWorkbenchAddress(`/run/${id}`, query);
      assert.deepEqual(reference, { kind: 'run', runId: id, serverUrl });
    });
  }
});
