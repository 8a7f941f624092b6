import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { Models, type ModelsChange } from '../../../src/state/models';
import { aModel, aVersion, FakeStore } from '../../support/fakeStore';

describe('Models', () => {
  let store: FakeStore;
  let models: Models;
  let changes: ModelsChange[];

  beforeEach(() => {
    store = new FakeStore();
    store.models = [aModel('CarSeat'), aModel("it's"), aModel('__proto__')];
    store.versions = [
      aVersion('CarSeat', '2'),
      aVersion('CarSeat', '1'),
      aVersion("it's", '1'),
      aVersion('__proto__', '1'),
    ];
    models = new Models(store);
    changes = [];
    models.onDidChange((change) => changes.push(change));
  });

  it('lists models by name and versions newest first', async () => {
    await models.list.ensure();
    await models.versions('CarSeat').ensure();
    assert.equal(models.list.size, 3);
    assert.deepEqual(
      models.versions('CarSeat').items.map(({ version }) => version),
      ['2', '1'],
    );
    assert.deepEqual(
      store.calls.map(({ query }) => [query.filter, query.orderBy?.[0]]),
      [
        [undefined, 'name ASC'],
        ["name = 'CarSeat'", 'version_number DESC'],
      ],
    );
  });

  it('finds the versions of oddly named models', async () => {
    for (const name of ["it's", '__proto__']) {
      await models.versions(name).ensure();
      assert.equal(models.versions(name).size, 1);
    }
  });

  it('keeps the failure of a name that no filter can hold', async () => {
    const versions = models.versions(`it's "x"`);
    await versions.ensure();
    assert.ok(versions.error instanceof MlflowError);
    assert.deepEqual([versions.error.kind, store.calls.length], ['unsupported', 0]);
  });

  it('searches by name', async () => {
    models.setSearch(' Car ');
    await models.list.ensure();
    assert.deepEqual([models.search, models.list.size], ['Car', 1]);
    assert.deepEqual(changes, [{ kind: 'models' }]);
  });

  it('reloads the models and the versions that were looked at', async () => {
    await models.list.ensure();
    await models.versions('CarSeat').ensure();
    models.versions("it's");
    store.calls.length = 0;
    store.versions.unshift(aVersion('CarSeat', '3'));
    await models.reload();
    assert.equal(models.versions('CarSeat').items[0]?.version, '3');
    assert.equal(store.calls.length, 2);
    assert.deepEqual(changes.map(({ kind }) => kind).toSorted(), ['models', 'versions']);
  });

  it('says nothing once disposed', async () => {
    const reading = models.list.ensure();
    models.dispose();
    await reading;
    await models.reload();
    assert.deepEqual(changes, []);
  });
});
