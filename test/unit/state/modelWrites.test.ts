import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { promotionSteps } from '../../../src/mlflow/registry/promotion';
import { ModelWrites } from '../../../src/state/modelWrites';
import { Models } from '../../../src/state/models';
import { aModel, aVersion, FakeStore } from '../../support/fakeStore';

describe('ModelWrites', () => {
  let store: FakeStore;
  let models: Models;
  let writes: ModelWrites;

  beforeEach(async () => {
    store = new FakeStore();
    store.models = [
      aModel('CarSeat', { aliases: [{ alias: 'champion', version: '3' }] }),
      aModel('Other'),
    ];
    store.versions = [
      aVersion('CarSeat', '4', { stage: 'Archived' }),
      aVersion('CarSeat', '3', { stage: 'Production' }),
      aVersion('CarSeat', '2', { stage: 'Staging' }),
      aVersion('CarSeat', '1'),
    ];
    models = new Models(store);
    writes = new ModelWrites(store, models);
    await models.list.ensure();
    await models.versions('CarSeat').ensure();
  });

  const shown = (): string =>
    models
      .versions('CarSeat')
      .items.map(({ version, stage }) => `${version} ${stage}`)
      .join(', ');
  const aliases = (): string =>
    (models.model('CarSeat')?.aliases ?? [])
      .map(({ alias, version }) => `${alias} ${version}`)
      .join(', ');
  const toProduction = promotionSteps('4', { stage: true, archive: true, alias: 'production' });

  it('shows a promotion, and takes it back', async () => {
    const move = await writes.carryOut('CarSeat', await writes.stateOf('CarSeat'), toProduction);
    assert.equal(move.error, undefined);
    assert.equal(shown(), '4 Production, 3 Archived, 2 Staging, 1 None');
    assert.equal(aliases(), 'champion 3, production 4');
    assert.deepEqual(await writes.undo(move), { left: [] });
    assert.equal(shown(), '4 Archived, 3 Production, 2 Staging, 1 None');
    assert.equal(aliases(), 'champion 3');
  });

  it('shows a step before the server is asked for anything else', async () => {
    const before = await writes.stateOf('CarSeat');
    let seen = '';
    store.before = ({ method }) => {
      if (method === 'setAlias') {
        seen = shown();
      }
    };
    await writes.carryOut('CarSeat', before, toProduction);
    assert.equal(seen, '4 Production, 3 Archived, 2 Staging, 1 None');
  });

  it('tells an error half-way beside what was done, which can be taken back', async () => {
    const before = await writes.stateOf('CarSeat');
    store.before = ({ method }) => {
      if (method === 'setAlias') {
        throw new MlflowError('unauthorized', 'forbidden');
      }
    };
    const move = await writes.carryOut('CarSeat', before, toProduction);
    assert.ok(move.error instanceof MlflowError);
    assert.deepEqual([move.done, move.after?.stages.get('4')], [1, 'Production']);
    store.before = () => undefined;
    await writes.undo(move);
    assert.equal(shown(), '4 Archived, 3 Production, 2 Staging, 1 None');
  });

  it('goes on taking back where an error had stopped it', async () => {
    const move = await writes.carryOut('CarSeat', await writes.stateOf('CarSeat'), toProduction);
    let calls = 0;
    store.before = ({ method }) => {
      if (method === 'transitionStage' && ++calls === 2) {
        throw new MlflowError('unreachable', 'cut');
      }
    };
    await assert.rejects(writes.undo(move));
    assert.equal(shown(), '4 Production, 3 Production, 2 Staging, 1 None');
    store.before = () => undefined;
    await writes.undo(move);
    assert.equal(shown(), '4 Archived, 3 Production, 2 Staging, 1 None');
    assert.equal(aliases(), 'champion 3');
  });

  it('shows what somebody else did meanwhile when it looks how things stand', async () => {
    store.versions = store.versions.filter(({ version }) => version !== '2');
    store.models = [aModel('CarSeat'), aModel('Other')];
    const state = await writes.stateOf('CarSeat');
    assert.equal(state.stages.has('2'), false);
    assert.equal(shown(), '4 Archived, 3 Production, 1 None');
    assert.equal(aliases(), '');
  });

  it('takes a model away that somebody else has deleted', async () => {
    store.models = [aModel('Other')];
    await assert.rejects(writes.stateOf('CarSeat'), { name: 'MlflowError' });
    assert.equal(models.model('CarSeat'), undefined);
  });

  it('reads all of 2,000 versions, and shows the pages that were looked at', async () => {
    store.versions = Array.from({ length: 2000 }, (_, at) =>
      aVersion('CarSeat', String(2000 - at)),
    );
    await models.versions('CarSeat').reload();
    const state = await writes.stateOf('CarSeat');
    assert.equal(state.stages.size, 2000);
    assert.equal(models.versions('CarSeat').size, 100);
    assert.equal(await models.showVersion('CarSeat', '7'), true);
  });

  it('creates, renames and deletes models in the list', async () => {
    const names = (): string => models.shownModels.map(({ name }) => name).join();
    await writes.createModel('New');
    assert.equal(names(), 'CarSeat,Other,New');
    await writes.renameModel('New', 'Newer');
    assert.match(names(), /Newer/);
    assert.doesNotMatch(names(), /New,|New$/);
    await writes.deleteModel('Newer');
    assert.equal(names(), 'CarSeat,Other');
  });

  it('shows a new model whatever narrows the list', async () => {
    models.setSearch('Car');
    await writes.createModel('New');
    assert.deepEqual(
      models.shownModels.map(({ name }) => name),
      ['New', 'CarSeat'],
    );
    models.setSearch('');
    await models.list.ensure();
    assert.equal(models.shownModels.length, 3);
  });

  it('shows a new version first, and waits until it is ready', async () => {
    const made = await writes.register({
      name: 'CarSeat',
      source: 'runs:/r/model',
      runId: 'r',
      modelId: undefined,
      description: '',
      tags: [],
    });
    assert.match(shown(), /^5 None, 4/);
    const pending = { ...made, status: 'PENDING_REGISTRATION' } as const;
    const ready = await writes.untilRegistered(pending, new AbortController().signal);
    assert.equal(ready.status, 'READY');
  });

  it('stops waiting for a version when it is told to', async () => {
    const waiting = new AbortController();
    const pending = aVersion('CarSeat', '4', { status: 'PENDING_REGISTRATION' });
    const reading = writes.untilRegistered(pending, waiting.signal);
    waiting.abort(new Error('enough'));
    await assert.rejects(reading, /enough/);
  });

  it('deletes a version with its aliases, also one that is gone already', async () => {
    await writes.deleteVersion('CarSeat', '3');
    assert.equal(shown(), '4 Archived, 2 Staging, 1 None');
    assert.equal(aliases(), '');
    store.versions = store.versions.filter(({ version }) => version !== '2');
    await assert.rejects(writes.deleteVersion('CarSeat', '2'), { name: 'MlflowError' });
    assert.equal(shown(), '4 Archived, 1 None');
  });

  const unread = (): void => {
    store.before = ({ method }) => {
      if (method === 'getRegisteredModel') {
        throw new MlflowError('unreachable', 'refused');
      }
    };
  };

  it('has created, renamed and registered also where that cannot be read afterwards', async () => {
    unread();
    await writes.createModel('New');
    await writes.renameModel('New', 'Newer');
    const of = { runId: undefined, modelId: undefined, description: '', tags: [] };
    const made = await writes.register({ ...of, name: 'Newer', source: 'runs:/r/model' });
    assert.equal(made.version, '1');
    store.before = () => undefined;
    await models.reload();
    assert.ok(models.shownModels.some(({ name }) => name === 'Newer'));
  });

  it('takes a version away when a change of it finds that it is gone', async () => {
    store.versions = store.versions.filter(({ version }) => version !== '2');
    await assert.rejects(writes.setVersionTag('CarSeat', '2', 'k', 'v'), { name: 'MlflowError' });
    assert.equal(shown(), '4 Archived, 3 Production, 1 None');
    store.models = [aModel('Other')];
    await assert.rejects(writes.setModelTag('CarSeat', 'k', 'v'), { name: 'MlflowError' });
    assert.equal(models.model('CarSeat'), undefined);
  });

  it('lets two promote at once, and never brings back who was archived for both', async () => {
    const archive = (version: string): ReturnType<typeof promotionSteps> =>
      promotionSteps(version, { stage: true, archive: true, alias: undefined });
    const before = await writes.stateOf('CarSeat');
    const [first, second] = await Promise.all([
      writes.carryOut('CarSeat', before, archive('4')),
      writes.carryOut('CarSeat', before, archive('1')),
    ]);
    assert.equal(shown(), '4 Archived, 3 Archived, 2 Staging, 1 Production');
    assert.deepEqual(await writes.undo(first), { left: ['3'] });
    assert.equal(shown(), '4 Archived, 3 Archived, 2 Staging, 1 Production');
    assert.deepEqual(await writes.undo(second), { left: [] });
    assert.equal(shown(), '4 Archived, 3 Production, 2 Staging, 1 None');
  });

  it('shows descriptions and tags at once', async () => {
    await writes.describeModel('CarSeat', 'a');
    await writes.setModelTag('CarSeat', 'k', 'v');
    await writes.describeVersion('CarSeat', '1', 'b');
    await writes.setVersionTag('CarSeat', '1', 'k', 'v');
    const model = models.model('CarSeat');
    const version = models.versions('CarSeat').get('1');
    const tags = [{ key: 'k', value: 'v' }];
    assert.deepEqual([model?.description, model?.tags], ['a', tags]);
    assert.deepEqual([version?.description, version?.tags], ['b', tags]);
    await writes.deleteModelTag('CarSeat', 'k');
    await writes.deleteVersionTag('CarSeat', '1', 'k');
    assert.deepEqual(models.model('CarSeat')?.tags, []);
    assert.deepEqual(models.versions('CarSeat').get('1')?.tags, []);
  });
});
