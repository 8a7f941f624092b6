import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCredentials, readCredentialsFile } from '../../../src/connections/credentialsFile';

const pair = (user: string | undefined, password: string | undefined): object => ({
  MLFLOW_TRACKING_USERNAME: user,
  MLFLOW_TRACKING_PASSWORD: password,
});

describe('parseCredentials', () => {
  const files: readonly (readonly [string, string, object])[] = [
    [
      'reads user name and password',
      '[mlflow]\nmlflow_tracking_username = ann\nmlflow_tracking_password = secret\n',
      pair('ann', 'secret'),
    ],
    [
      'takes colons, capitals, Windows line ends and a byte order mark',
      '\uFEFF[mlflow]\r\nMLFLOW_TRACKING_USERNAME: ann\r\nMlflow_Tracking_Password:se cret\r\n',
      pair('ann', 'se cret'),
    ],
    [
      'keeps delimiters, quotes and comment signs inside of a value',
      '[mlflow]\nmlflow_tracking_username="ann"\nmlflow_tracking_password = a=b:c #d ;e\n',
      pair('"ann"', 'a=b:c #d ;e'),
    ],
    [
      'passes over comments and other sections',
      '# one\n[other]\nmlflow_tracking_username = eve\n[mlflow]\n; two\nmlflow_tracking_username = ann\n',
      pair('ann', undefined),
    ],
    [
      'falls back to [DEFAULT]',
      '[DEFAULT]\nmlflow_tracking_username = ann\nmlflow_tracking_password = old\n[mlflow]\nmlflow_tracking_password = new\n',
      pair('ann', 'new'),
    ],
    [
      'replaces %% and %(name)s, and leaves a lone percent sign',
      '[mlflow]\nme = ann\nmlflow_tracking_username = %(me)s\nmlflow_tracking_password = 5%%6%7\n',
      pair('ann', '5%6%7'),
    ],
    [
      'goes on in indented lines',
      '[mlflow]\nmlflow_tracking_username = ann\n  lee\n',
      pair('ann\nlee', undefined),
    ],
    ['finds nothing without the section', 'mlflow_tracking_username = ann\n[x]\n', {}],
    ['finds nothing in an empty file', '', {}],
  ];
  for (const [what, text, expected] of files) {
    it(what, () => assert.deepEqual(parseCredentials(text), expected));
  }

  it('ends where values name each other', () => {
    const text = '[mlflow]\nmlflow_tracking_username = %(mlflow_tracking_username)s\n';
    assert.deepEqual(parseCredentials(text), pair('', undefined));
  });
});

describe('readCredentialsFile', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'home '));
    await mkdir(join(home, '.mlflow'));
  });

  afterEach(() => rm(home, { recursive: true }));

  it('reads the file below the home folder', async () => {
    const text = '[mlflow]\nmlflow_tracking_username = ann\nmlflow_tracking_password = secret\n';
    await writeFile(join(home, '.mlflow', 'credentials'), text);
    assert.deepEqual(await readCredentialsFile(home), pair('ann', 'secret'));
  });

  it('finds nothing where there is no file, and rejects where it cannot be read', async () => {
    assert.deepEqual(await readCredentialsFile(home), {});
    await mkdir(join(home, '.mlflow', 'credentials'));
    await assert.rejects(readCredentialsFile(home), /EISDIR/);
  });
});
