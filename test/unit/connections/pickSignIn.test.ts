import assert from 'node:assert/strict';
import {
  authorizationOf,
  pickSignIn,
  withoutUsers,
  type SignInSources,
} from '../../../src/connections/pickSignIn';

const names = {
  user: 'MLFLOW_TRACKING_USERNAME',
  password: 'MLFLOW_TRACKING_PASSWORD',
  token: 'MLFLOW_TRACKING_TOKEN',
} as const;

type Parts = Partial<Record<keyof typeof names, string>>;

const variables = (parts: Parts): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(parts).map(([part, value]) => [names[part as keyof typeof names], value]),
  );

interface Row {
  readonly stored?: string;
  readonly uri?: string;
  readonly uriOf?: 'user' | 'workspace';
  readonly environment?: Parts;
  readonly envFile?: Parts;
  readonly file?: Parts;
  /** What goes when all may go: user and password, or a token; then whose it is. */
  readonly picked: string;
  /** What goes when nothing of the user's own may. */
  readonly withheld: string;
}

const nothing = 'nothing';

/** Every row of the precedence, each source against the next ones. */
const table: Readonly<Record<string, Row>> = {
  'a stored sign-in before all others': {
    stored: 'stored',
    uri: 'http://in:uri@host',
    environment: { user: 'env', password: 'p', token: 't' },
    picked: 'token stored (user)',
    withheld: nothing,
  },
  'the URI before variables': {
    uri: 'http://in:uri@host',
    environment: { user: 'env', password: 'p' },
    picked: 'in:uri (user)',
    withheld: nothing,
  },
  'the URI of a workspace, which is its own': {
    uri: 'http://i%40n:u%3Ari%zz@host',
    uriOf: 'workspace',
    environment: { user: 'env', password: 'p' },
    picked: 'i@n:u%3Ari%zz (workspace)',
    withheld: 'i@n:u%3Ari%zz (workspace)',
  },
  'a user name alone in the URI': {
    uri: 'http://key@host',
    picked: 'key: (user)',
    withheld: nothing,
  },
  'user name and password before the token': {
    environment: { user: 'env', password: 'p', token: 't' },
    picked: 'env:p (user)',
    withheld: nothing,
  },
  'the environment before the credentials file': {
    environment: { user: 'env', password: 'p' },
    file: { user: 'file', password: 'f' },
    picked: 'env:p (user)',
    withheld: nothing,
  },
  'the credentials file for the user name': {
    environment: { password: 'p' },
    file: { user: 'file', password: 'f' },
    picked: 'file:p (user)',
    withheld: nothing,
  },
  'the credentials file for the password': {
    environment: { user: 'env', password: '' },
    file: { user: 'file', password: 'f' },
    picked: 'env:f (user)',
    withheld: nothing,
  },
  'the credentials file before the token': {
    environment: { token: 't' },
    file: { user: 'file', password: 'f' },
    picked: 'file:f (user)',
    withheld: nothing,
  },
  'the token where a password is missing': {
    environment: { user: 'env', token: 't' },
    picked: 'token t (user)',
    withheld: nothing,
  },
  'the environment before .env': {
    environment: { user: 'env', password: 'p' },
    envFile: { user: 'dot', password: 'd' },
    picked: 'env:p (user)',
    withheld: 'dot:d (workspace)',
  },
  'an empty variable before .env, which does not override': {
    environment: { token: '' },
    envFile: { token: 'd' },
    picked: nothing,
    withheld: 'token d (workspace)',
  },
  '.env before the credentials file': {
    envFile: { user: 'dot', password: 'd' },
    file: { user: 'file', password: 'f' },
    picked: 'dot:d (workspace)',
    withheld: 'dot:d (workspace)',
  },
  'what .env and the user make up together, as the user’s': {
    envFile: { user: 'dot' },
    file: { password: 'f' },
    picked: 'dot:f (user)',
    withheld: nothing,
  },
  'a token of .env': {
    envFile: { token: 'd' },
    picked: 'token d (workspace)',
    withheld: 'token d (workspace)',
  },
  'a password without a user name for nothing': {
    environment: { password: 'p' },
    picked: nothing,
    withheld: nothing,
  },
  'nothing where there is nothing': { picked: nothing, withheld: nothing },
};

function sources(row: Row): SignInSources {
  return {
    stored: row.stored === undefined ? undefined : { kind: 'token', token: row.stored },
    uri: { value: row.uri ?? 'http://host', owner: row.uriOf ?? 'user' },
    environment: variables(row.environment ?? {}),
    envFile: variables(row.envFile ?? {}),
    credentialsFile: variables(row.file ?? {}),
  };
}

function told(of: SignInSources): string {
  const picked = pickSignIn(of);
  if (picked === undefined) {
    return nothing;
  }
  const { value, owner } = picked;
  const text = value.kind === 'token' ? `token ${value.token}` : `${value.user}:${value.password}`;
  return `${text} (${owner})`;
}

describe('pickSignIn', () => {
  for (const [what, row] of Object.entries(table)) {
    it(`takes ${what}`, () => {
      assert.equal(told(sources(row)), row.picked);
      assert.equal(told(withoutUsers(sources(row))), row.withheld);
    });
  }
});

describe('authorizationOf', () => {
  it('encodes user name and password in UTF-8', () => {
    const value = authorizationOf({ kind: 'basic', user: '김', password: 'a:b' });
    assert.equal(value, `Basic ${Buffer.from('김:a:b').toString('base64')}`);
  });

  it('names a token', () => {
    assert.equal(authorizationOf({ kind: 'token', token: 'abc' }), 'Bearer abc');
  });
});
