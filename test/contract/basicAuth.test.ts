import assert from 'node:assert/strict';
import { authorizationOf } from '../../src/connections/pickSignIn';
import type { SignIn } from '../../src/mlflow/signIn';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { RestStore } from '../../src/stores/rest/restStore';
import { type AuthMlflow, startAuthMlflow } from '../support/authMlflow';
import { failure } from '../support/failure';

const never = new AbortController().signal;
const anyExperiment = { view: 'active', maxResults: 5 } as const;

for (const environment of ['demo', 'mlflow2'] as const) {
  describe(`basic-auth of MLflow (${environment})`, function () {
    this.timeout(300_000);
    const lines: string[] = [];
    let server: AuthMlflow;
    let experimentId: string;

    before(async () => {
      server = await startAuthMlflow(environment);
      const made = await server.call<{ experiment_id: string }>('experiments/create', {
        name: 'of the admin',
      });
      experimentId = made.experiment_id;
    });
    after(() => server?.stop());

    const as = async <T>(
      signIn: SignIn | undefined,
      work: (store: TrackingStore) => Promise<T>,
    ): Promise<T> => {
      const authorization = signIn && authorizationOf(signIn);
      const store = new RestStore(server.url, (line) => lines.push(line), { authorization });
      try {
        return await work(store);
      } finally {
        store.dispose();
      }
    };
    const reader = (): SignIn => ({ kind: 'basic', ...server.reader });
    const admin = (): SignIn => ({ kind: 'basic', ...server.admin });
    const refusal = (signIn: SignIn | undefined): Promise<string> =>
      as(signIn, async (store) => {
        const { kind, reason, detail } = await failure(
          store.searchExperiments(anyExperiment, never),
        );
        return `${kind} ${reason} ${detail.status}`;
      });

    it('wants a sign-in before it tells anything', async () => {
      const first = await as(undefined, (store) => failure(store.serverInfo(never)));
      assert.deepEqual([first.reason, first.detail.status], ['signIn', 401]);
      assert.equal(await refusal(undefined), 'unauthorized signIn 401');
    });

    it('refuses a wrong password, an unknown user and a token', async () => {
      const wrong: readonly SignIn[] = [
        { kind: 'basic', user: server.reader.user, password: `${server.reader.password}x` },
        { kind: 'basic', user: 'nobody', password: server.reader.password },
        { kind: 'token', token: server.reader.password.replace(/[^\x20-\x7e]/g, '') },
      ];
      for (const signIn of wrong) {
        assert.equal(await refusal(signIn), 'unauthorized signInRefused 401');
      }
    });

    it('lets the reader read, whatever the password holds', async () => {
      const { items } = await as(reader(), (store) =>
        store.searchExperiments(anyExperiment, never),
      );
      assert.ok(items.some(({ name }) => name === 'of the admin'));
    });

    it('forbids the reader to write, and the admin does', async () => {
      const rename = (store: TrackingStore): Promise<void> =>
        store.renameExperiment(experimentId, 'renamed', never);
      const { kind, reason, detail } = await as(reader(), (store) => failure(rename(store)));
      assert.deepEqual([kind, reason, detail.status], ['unauthorized', 'forbidden', 403]);
      assert.match(detail.serverMessage ?? '', /Permission denied/);
      await as(admin(), rename);
      const named = await as(reader(), (store) => store.getExperiment(experimentId, never));
      assert.equal(named.name, 'renamed');
    });

    it('lets the reader read registered models, and forbids to change them', async () => {
      const name = 'of the admin';
      await as(admin(), async (store) => {
        await store.createRegisteredModel(name, never);
        const source = 's3://bucket/model';
        const of = { runId: undefined, modelId: undefined, description: '', tags: [] };
        await store.createModelVersion({ ...of, name, source }, never);
      });
      const refused = await as(reader(), async (store) => {
        assert.equal((await store.getModelVersion(name, '1', never)).stage, 'None');
        return [
          await failure(store.transitionStage(name, '1', 'Production', true, never)),
          await failure(store.setAlias(name, 'champion', '1', never)),
          await failure(store.deleteModelVersion(name, '1', never)),
          await failure(store.describeRegisteredModel(name, 'mine', never)),
        ];
      });
      for (const { kind, reason, detail } of refused) {
        assert.deepEqual([kind, reason, detail.status], ['unauthorized', 'forbidden', 403]);
      }
      const now = await as(admin(), (store) => store.getModelVersion(name, '1', never));
      assert.deepEqual([now.stage, now.aliases], ['None', []]);
    });

    it('leaves no password in the log', () => {
      const text = lines.join('\n');
      assert.ok(lines.length > 5);
      for (const { user, password } of [server.reader, server.admin]) {
        const encoded = Buffer.from(`${user}:${password}`).toString('base64');
        for (const secret of [password, encoded, encodeURIComponent(password)]) {
          assert.ok(!text.includes(secret));
        }
      }
    });
  });
}
