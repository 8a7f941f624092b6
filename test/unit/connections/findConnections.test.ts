import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  anchored,
  findConnections,
  type FoundUri,
  type ResolvedUri,
  type Surroundings,
} from '../../../src/connections/findConnections';
import type { NamedBy, NamedUri } from '../../../src/mlflow/found';
import { parseTrackingUri } from '../../../src/mlflow/trackingUri';

describe('findConnections', () => {
  let folder: string;
  let other: string;
  let asked: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench '));
    other = await mkdtemp(join(tmpdir(), 'workbench '));
    asked = [];
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(other, { recursive: true });
  });

  /** What a test says of its surroundings; a setting is the user's unless it says otherwise. */
  interface Changes extends Partial<Surroundings> {
    readonly setting?: string;
    readonly from?: 'user' | 'workspace';
    readonly folders?: readonly string[];
  }

  async function findAll(
    changes: Changes = {},
    serverAnswers = false,
  ): Promise<readonly FoundUri[]> {
    const { setting = '', from = 'user', folders = [folder, other], ...rest } = changes;
    const places = folders.length === 0 ? [undefined] : folders;
    return findConnections({
      places: places.map((each) => ({ folder: each, setting: { value: setting, from } })),
      environment: {},
      chosen: { instead: undefined, beside: [] },
      trusted: true,
      answers: (url) => {
        asked.push(url);
        return Promise.resolve(serverAnswers);
      },
      ...rest,
    });
  }

  /** The first that is found. */
  async function resolve(
    changes: Changes = {},
    serverAnswers = false,
  ): Promise<ResolvedUri | undefined> {
    const [first] = await findAll(changes, serverAnswers);
    return first && { origin: first.origin, uri: first.uri, folder: first.folder };
  }

  async function write(path: string, text = ''): Promise<void> {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, text);
  }

  /** Puts something on every rung of the ladder. */
  async function everything(): Promise<void> {
    await write(join(folder, '.env'), 'MLFLOW_TRACKING_URI=http://env-file:1\n');
    await write(join(folder, 'mlruns', '0', 'meta.yaml'));
    await write(join(folder, 'mlflow.db'));
  }

  const environment = { MLFLOW_TRACKING_URI: 'http://environment:1' };

  it('goes by the setting first', async () => {
    await everything();
    assert.deepEqual(await resolve({ setting: ' http://setting:1 ', environment }, true), {
      origin: 'userSetting',
      uri: { kind: 'http', uri: 'http://setting:1' },
      folder,
    });
    assert.deepEqual(asked, []);
  });

  it('goes by the environment next', async () => {
    await everything();
    const resolved = await resolve({ setting: '  ', environment });
    assert.deepEqual(
      [resolved?.origin, resolved?.uri.uri],
      ['environment', 'http://environment:1'],
    );
  });

  it('goes by the folder’s .env next', async () => {
    await everything();
    const resolved = await resolve({ environment: { MLFLOW_TRACKING_URI: ' ' } });
    assert.deepEqual([resolved?.origin, resolved?.uri.uri], ['envFile', 'http://env-file:1']);
  });

  it('reads quoted and exported values in .env, of any folder', async () => {
    await write(join(folder, '.env'), 'OTHER=1\nMLFLOW_TRACKING_URI=\n');
    await write(join(other, '.env'), '# a comment\nexport MLFLOW_TRACKING_URI="./runs"\n');
    const resolved = await resolve();
    assert.deepEqual(resolved, {
      origin: 'envFile',
      uri: { kind: 'files', uri: join(other, 'runs'), path: join(other, 'runs') },
      folder: other,
    });
  });

  it('ignores .env while the workspace is not trusted', async () => {
    await everything();
    const resolved = await resolve({ trusted: false });
    assert.equal(resolved?.origin, 'localStore');
  });

  it('passes over a .env that cannot be read', async () => {
    await mkdir(join(folder, '.env'));
    assert.equal(await resolve(), undefined);
  });

  it('goes by a local store next, of any folder', async () => {
    await write(join(other, 'mlflow.db'));
    const path = join(other, 'mlflow.db');
    assert.deepEqual(await resolve({}, true), {
      origin: 'localStore',
      uri: { kind: 'sqlite', uri: `sqlite:///${path}`, path },
      folder: other,
    });
    assert.deepEqual(asked, []);
  });

  it('asks at MLflow’s usual address last', async () => {
    assert.deepEqual(await resolve({}, true), {
      origin: 'defaultServer',
      uri: { kind: 'http', uri: 'http://127.0.0.1:5000' },
      folder: undefined,
    });
    assert.deepEqual(asked, ['http://127.0.0.1:5000']);
  });

  it('finds nothing where there is nothing', async () => {
    assert.equal(await resolve(), undefined);
    assert.equal(await resolve({ folders: [] }), undefined);
  });

  describe('by MLflow’s own rule', () => {
    const store = async (): Promise<string | undefined> => (await resolve())?.uri.uri;

    it('takes mlruns for a store once a numeric folder in it has a meta.yaml', async () => {
      await write(join(folder, 'mlruns', '123456789012345678', 'meta.yaml'));
      await write(join(folder, 'mlflow.db'));
      assert.equal(await store(), join(folder, 'mlruns'));
    });

    it('takes mlruns that only holds artifacts for none', async () => {
      await write(join(folder, 'mlruns', '1', 'abc', 'artifacts', 'a.txt'));
      await write(join(folder, 'mlruns', 'models', 'meta.yaml'));
      await write(join(folder, 'mlruns', '.trash', 'meta.yaml'));
      assert.equal(await store(), undefined);
      await write(join(folder, 'mlflow.db'));
      assert.equal(await store(), `sqlite:///${join(folder, 'mlflow.db')}`);
    });

    it('takes a file called mlruns for none', async () => {
      await write(join(folder, 'mlruns'));
      assert.equal(await store(), undefined);
    });
  });

  describe('relative paths', () => {
    const paths: Record<string, (folder: string) => string> = {
      mlruns: (root) => join(root, 'mlruns'),
      './a b/mlruns': (root) => join(root, 'a b', 'mlruns'),
      'file:mlruns': (root) => join(root, 'mlruns'),
      'sqlite:///mlflow.db': (root) => `sqlite:///${join(root, 'mlflow.db')}`,
    };
    for (const [uri, expected] of Object.entries(paths)) {
      it(`count from the first folder: ${uri}`, async () => {
        const resolved = await resolve({ setting: uri });
        assert.equal(resolved?.uri.uri, expected(folder));
      });
    }

    it('stay as they are when absolute, or when there is no folder', () => {
      for (const uri of ['/data/mlruns', 'sqlite:////data/mlflow.db', 'http://host:1']) {
        assert.deepEqual(anchored(parseTrackingUri(uri), '/folder'), parseTrackingUri(uri));
      }
      assert.equal(anchored(parseTrackingUri('mlruns'), undefined).uri, 'mlruns');
    });
  });

  it('says that the workspace wrote the setting', async () => {
    const resolved = await resolve({ setting: 'http://setting:1', from: 'workspace' });
    assert.equal(resolved?.origin, 'workspaceSetting');
  });

  describe('in several folders', () => {
    const ids = (found: readonly ResolvedUri[]): readonly string[] =>
      found.map(({ uri }) => uri.uri);

    it('finds what each of them names', async () => {
      await write(join(folder, '.env'), 'MLFLOW_TRACKING_URI=http://one:1\n');
      await write(join(other, '.env'), 'MLFLOW_TRACKING_URI=http://two:2\n');
      assert.deepEqual(ids(await findAll()), ['http://one:1', 'http://two:2']);
    });

    it('finds what both of them name once, whoever signs in', async () => {
      await write(join(folder, '.env'), 'MLFLOW_TRACKING_URI=http://kim:pw@one:1/\n');
      await write(join(other, '.env'), 'MLFLOW_TRACKING_URI=http://one:1\n');
      const found = await findAll();
      assert.deepEqual(ids(found), ['http://kim:pw@one:1/']);
      assert.deepEqual(found[0]?.folders, [folder, other]);
    });

    it('does not ask for the usual server when one of them has a store', async () => {
      await write(join(other, 'mlflow.db'));
      assert.equal((await findAll({}, true)).length, 1);
      assert.deepEqual(asked, []);
    });
  });

  describe('what a person chose', () => {
    const named = (uri: string, namedBy: NamedBy = 'person'): NamedUri => ({ uri, namedBy });

    it('takes the place of whatever would be found', async () => {
      await everything();
      const chosen = { instead: named('http://chosen:1'), beside: [] };
      assert.deepEqual(await findAll({ chosen, environment }), [
        {
          origin: 'chosen',
          uri: { kind: 'http', uri: 'http://chosen:1' },
          folder: undefined,
          folders: [],
          beside: false,
        },
      ]);
    });

    it('is no word of theirs where only others had named it', async () => {
      const chosen = { instead: named('http://chosen:1', 'others'), beside: [] };
      assert.equal((await findAll({ chosen }))[0]?.origin, 'chosenOfOthers');
    });

    it('is shown beside what is found, once', async () => {
      const beside = [named('http://environment:1'), named('http://second:1')];
      const found = await findAll({ chosen: { instead: undefined, beside }, environment });
      assert.deepEqual(
        found.map((each) => [each.origin, each.uri.uri, each.folders, each.beside]),
        [
          ['environment', 'http://environment:1', [folder, other], false],
          ['chosen', 'http://second:1', [], true],
        ],
      );
    });

    it('counts from the first folder where it is a relative path', async () => {
      const chosen = { instead: named('runs'), beside: [named('sqlite:///a.db')] };
      const found = await findAll({ chosen });
      assert.deepEqual(
        found.map(({ uri }) => uri.uri),
        [join(folder, 'runs'), `sqlite:///${join(folder, 'a.db')}`],
      );
    });
  });

  it('leaves it to the opener to say what is not supported', async () => {
    const resolved = await resolve({ setting: 'databricks' });
    assert.equal(resolved?.uri.kind, 'unsupported');
  });
});
