import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ModelVersion } from '../../src/mlflow/model';
import { aliasProblem, modelNameProblem } from '../../src/mlflow/registry/modelNames';
import type { NewModelVersion } from '../../src/mlflow/registry/registryChanges';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { Models } from '../../src/state/models';
import { ModelWrites } from '../../src/state/modelWrites';
import { failure } from '../support/failure';
import { makeRun } from '../support/makeRun';

const never = new AbortController().signal;

/** A server that may be written to as one likes. */
export interface RegistryServer {
  readonly url: () => string;
  readonly store: () => TrackingStore;
  readonly version: string;
}

/** What every real server has to make of our changes of registered models. */
export function describeRegistry({ url, store, version: release }: RegistryServer): void {
  let runId: string;
  before(async () => {
    const experiment = await store().createExperiment(randomUUID(), never);
    runId = await makeRun(url(), experiment, { name: 'trains' });
  });

  const outcome = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'done',
      async (error: unknown) => {
        const { kind, reason } = await failure(Promise.reject(error));
        return `${kind} ${reason}`;
      },
    );
  const fresh = async (versions = 0, name: string = randomUUID()): Promise<string> => {
    await store().createRegisteredModel(name, never);
    for (let count = 0; count < versions; count++) {
      await store().createModelVersion(aVersion(name), never);
    }
    return name;
  };
  const aVersion = (name: string, more: Partial<NewModelVersion> = {}): NewModelVersion => ({
    ...{ name, source: `runs:/${runId}/model`, runId, modelId: undefined },
    ...{ description: '', tags: [], ...more },
  });
  const stages = async (name: string): Promise<string> => {
    const query = { filter: `name = '${name}'`, orderBy: ['version_number ASC'], maxResults: 100 };
    const { items } = await store().searchModelVersions(query, never);
    return items.map(({ stage }) => stage).join(' ');
  };
  const versionOf = (name: string, version: string): Promise<ModelVersion> =>
    store().getModelVersion(name, version, never);

  describe('registered models', () => {
    it('are created, renamed, described, tagged and deleted, whatever the name holds', async () => {
      const name = `${randomUUID()} 좌석 100% "q" <b>`;
      await fresh(1, name);
      await store().describeRegisteredModel(name, '# 설명\n<img src=x>', never);
      await store().setModelTag(name, 'team', '좌석', never);
      await store().renameRegisteredModel(name, `${name} 2`, never);
      const now = await store().getRegisteredModel(`${name} 2`, never);
      assert.equal(now.description, '# 설명\n<img src=x>');
      assert.deepEqual(now.tags, [{ key: 'team', value: '좌석' }]);
      assert.equal((await versionOf(`${name} 2`, '1')).runId, runId);
      await store().deleteModelTag(`${name} 2`, 'team', never);
      await store().deleteRegisteredModel(`${name} 2`, never);
      assert.equal(
        await outcome(store().getRegisteredModel(`${name} 2`, never)),
        'notFound missing',
      );
    });

    it('cannot have a name that is taken', async () => {
      const [name, other] = [await fresh(), await fresh()];
      const error = await failure(store().createRegisteredModel(name, never));
      assert.equal(error.detail.errorCode, 'RESOURCE_ALREADY_EXISTS');
      const renaming = await failure(store().renameRegisteredModel(other, name, never));
      assert.equal(renaming.detail.errorCode, 'RESOURCE_ALREADY_EXISTS');
    });

    for (const [what, make] of [
      ['a slash', () => `${randomUUID()}/b`],
      ['a colon', () => `${randomUUID()}:b`],
      ['two dots in front', () => `..${randomUUID()}`],
      ['Korean, blanks and a percent sign', () => `${randomUUID()} 모델 50%`],
      ['nothing', () => ''],
    ] as const) {
      it(`are judged as the server does: a name with ${what}`, async () => {
        const name = make();
        const taken = (await outcome(store().createRegisteredModel(name, never))) === 'done';
        assert.equal(modelNameProblem(name, release) === undefined, taken);
      });
    }
  });

  describe('versions', () => {
    it('are made of a run’s folder, with description and tags', async () => {
      const name = await fresh();
      const tags = [{ key: 'a', value: 'b' }];
      const made = await store().createModelVersion(
        aVersion(name, { description: 'd', tags }),
        never,
      );
      assert.deepEqual(
        [made.version, made.status, made.runId, made.source],
        ['1', 'READY', runId, `runs:/${runId}/model`],
      );
      const read = await versionOf(name, '1');
      assert.deepEqual([read.description, read.tags], ['d', tags]);
    });

    it('are copied to another model', async () => {
      const [name, other] = [await fresh(1), await fresh()];
      const copied = aVersion(other, { source: `models:/${name}/1` });
      const made = await store().createModelVersion(copied, never);
      assert.deepEqual([made.name, made.version, made.source], [other, '1', `models:/${name}/1`]);
    });

    it('are described and tagged', async () => {
      const name = await fresh(1);
      await store().describeModelVersion(name, '1', '값', never);
      await store().setVersionTag(name, '1', 'k', '', never);
      assert.deepEqual((await versionOf(name, '1')).tags, [{ key: 'k', value: '' }]);
      assert.equal((await versionOf(name, '1')).description, '값');
      await store().deleteVersionTag(name, '1', 'k', never);
      assert.deepEqual((await versionOf(name, '1')).tags, []);
    });

    it('are deleted, with their aliases since MLflow 3, and their number is not given again', async () => {
      const name = await fresh(2);
      await store().setAlias(name, 'champion', '2', never);
      await store().deleteModelVersion(name, '2', never);
      assert.equal(await outcome(versionOf(name, '2')), 'notFound missing');
      const { aliases } = await store().getRegisteredModel(name, never);
      assert.equal(aliases.length, release.startsWith('2') ? 1 : 0);
      const again = await store().createModelVersion(aVersion(name), never);
      assert.equal(again.version, '3');
    });

    it('move through all stages, and back out of the archive', async () => {
      const name = await fresh(1);
      for (const stage of ['Staging', 'Production', 'Archived', 'Production', 'None'] as const) {
        await store().transitionStage(name, '1', stage, false, never);
        assert.equal(await stages(name), stage);
      }
    });

    it('archive all who were in the stage, in one step', async () => {
      const name = await fresh(4);
      await store().transitionStage(name, '1', 'Production', false, never);
      await store().transitionStage(name, '2', 'Production', false, never);
      await store().transitionStage(name, '3', 'Staging', false, never);
      await store().transitionStage(name, '4', 'Production', true, never);
      assert.equal(await stages(name), 'Archived Archived Staging Production');
    });

    it('make the server fail when they archive others out of None or Archived', async () => {
      const name = await fresh(1);
      await store().transitionStage(name, '1', 'Staging', false, never);
      for (const stage of ['None', 'Archived'] as const) {
        const error = await failure(store().transitionStage(name, '1', stage, true, never));
        assert.deepEqual([error.reason, error.detail.status], ['serverError', 500]);
      }
    });
  });

  describe('aliases', () => {
    it('are set, moved and deleted, twice without a complaint', async () => {
      const name = await fresh(2);
      const aliases = async (): Promise<unknown> =>
        (await store().getRegisteredModel(name, never)).aliases;
      await store().setAlias(name, '챔피언-1', '1', never);
      await store().setAlias(name, '챔피언-1', '2', never);
      assert.deepEqual(await aliases(), [{ alias: '챔피언-1', version: '2' }]);
      await store().deleteAlias(name, '챔피언-1', never);
      await store().deleteAlias(name, '챔피언-1', never);
      assert.deepEqual(await aliases(), []);
    });

    for (const alias of ['latest', 'LATEST', 'v3', 'V3', 'v3b', 'a b', 'a/b', '@a', 'x_-1', '값']) {
      it(`are judged as the server does: ${alias}`, async () => {
        const name = await fresh(1);
        const taken = (await outcome(store().setAlias(name, alias, '1', never))) === 'done';
        assert.equal(aliasProblem(alias) === undefined, taken);
      });
    }
  });

  it('says of what is not there that it is not', async () => {
    const name = await fresh(1);
    const nobody = randomUUID();
    const asked = [
      store().renameRegisteredModel(nobody, randomUUID(), never),
      store().describeRegisteredModel(nobody, 'd', never),
      store().deleteRegisteredModel(nobody, never),
      store().setModelTag(nobody, 'a', 'b', never),
      store().createModelVersion(aVersion(nobody), never),
      store().transitionStage(name, '9', 'Staging', true, never),
      store().describeModelVersion(name, '9', 'd', never),
      store().deleteModelVersion(name, '9', never),
      store().setVersionTag(name, '9', 'a', 'b', never),
      store().setAlias(name, 'a', '9', never),
    ];
    const outcomes = await Promise.all(asked.map(outcome));
    assert.deepEqual(
      outcomes,
      asked.map(() => 'notFound missing'),
    );
  });

  it('are found by name and by tag, as a person types it', async () => {
    const name = await fresh(0, `${randomUUID()} 좌석`);
    await store().setModelTag(name, 'team', name, never);
    await store().setModelTag(name, 'my key', "it's 100%", never);
    const models = new Models(store());
    for (const typed of [
      name.slice(5).toUpperCase(),
      `tags.team = '${name}'`,
      `name = '${name}' AND tags.\`my key\` LIKE "it's%"`,
    ]) {
      models.setSearch(typed);
      await models.list.ensure();
      const found = models.list.items.map((model) => model.name);
      assert.deepEqual([found, models.list.error], [[name], undefined], typed);
    }
    models.dispose();
  });

  it('leaves no alias behind that points at nothing', async () => {
    const name = await fresh(2);
    await store().setAlias(name, 'champion', '2', never);
    const models = new Models(store());
    await new ModelWrites(store(), models).deleteVersion(name, '2');
    assert.deepEqual((await store().getRegisteredModel(name, never)).aliases, []);
    models.dispose();
  });

  it('promotes and takes it back, with everything as it was', async () => {
    const name = await fresh(4);
    await store().transitionStage(name, '3', 'Production', false, never);
    await store().transitionStage(name, '2', 'Staging', false, never);
    await store().setAlias(name, 'production', '3', never);
    const models = new Models(store());
    const writes = new ModelWrites(store(), models);
    const before = await writes.stateOf(name);
    const move = await writes.carryOut(name, before, [
      { kind: 'stage', version: '4', stage: 'Production', archiveOthers: true },
      { kind: 'setAlias', alias: 'production', version: '4' },
    ]);
    assert.equal(move.error, undefined);
    assert.equal(await stages(name), 'None Staging Archived Production');
    assert.deepEqual(await writes.undo(move), { left: [] });
    assert.deepEqual(await writes.stateOf(name), before);
    models.dispose();
  });
}
