import assert from 'node:assert/strict';
import {
  shortName,
  standingOf,
  type ConnectionFacts,
  type Standing,
} from '../../../src/mlflow/connectionFacts';
import { MlflowError } from '../../../src/mlflow/errors';

const well: ConnectionFacts = {
  name: 'http://host:5000',
  state: 'ready',
  error: undefined,
  version: '3.17.2',
  storeType: undefined,
  account: undefined,
  insecure: false,
  answeredAt: undefined,
  found: undefined,
};
const cut = new MlflowError('unreachable', 'cut');

describe('standingOf', () => {
  const cases: readonly [Standing, string, Partial<ConnectionFacts>][] = [
    ['ready', 'a server that answers', {}],
    ['idle', 'what nobody has asked for yet', { state: 'idle' }],
    ['connecting', 'what is being opened', { state: 'connecting' }],
    ['failed', 'what could not be opened', { state: 'failed', error: cut }],
    ['ailing', 'an open connection whose last request failed', { error: cut }],
    ['insecure', 'a server whose certificate is not checked', { insecure: true }],
    ['ailing', 'a failure of such a server', { insecure: true, error: cut }],
    ['signIn', 'a wanted sign-in', { error: new MlflowError('unauthorized', 'signIn') }],
    [
      'signIn',
      'a refused sign-in from the start',
      { state: 'failed', error: new MlflowError('unauthorized', 'signInRefused') },
    ],
    [
      'failed',
      'a host name that is not allowed, where no sign-in helps',
      { state: 'failed', error: new MlflowError('unauthorized', 'hostCheck') },
    ],
  ];
  for (const [standing, what, changes] of cases) {
    it(`is ${standing} for ${what}`, () => {
      assert.equal(standingOf({ ...well, ...changes }), standing);
    });
  }
});

describe('shortName', () => {
  const cases: Readonly<Record<string, string>> = {
    'http://127.0.0.1:5000': '127.0.0.1:5000',
    'https://mlflow.example.com/team/mlflow': 'mlflow.example.com',
    'sqlite:////home/kim/project/mlflow.db': 'project/mlflow.db',
    '/home/kim/project/mlruns': 'project/mlruns',
    'C:\\work\\mlruns': 'work/mlruns',
    databricks: 'databricks',
  };
  for (const [name, short] of Object.entries(cases)) {
    it(`is ${short} for ${name}`, () => {
      assert.equal(shortName(name), short);
    });
  }
});
