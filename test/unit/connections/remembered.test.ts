import assert from 'node:assert/strict';
import { RememberedConnections } from '../../../src/connections/remembered';
import type { NamedBy, RememberedConnection } from '../../../src/mlflow/found';
import { MemoryInMemory } from '../state/memoryInMemory';

const key = 'mlflow.connections';

describe('RememberedConnections', () => {
  let memory: MemoryInMemory;
  let remembered: RememberedConnections;

  beforeEach(() => {
    memory = new MemoryInMemory();
    remembered = new RememberedConnections(memory);
  });

  function entry(uri: string, namedBy: NamedBy = 'person', usedAt = 1): RememberedConnection {
    return { uri, namedBy, usedAt, version: '3.17.2' };
  }
  const uris = (): readonly string[] => remembered.all.map(({ uri }) => uri);

  it('have the latest on top, each once', async () => {
    await remembered.remember(entry('http://a:1'));
    await remembered.remember(entry('http://b:1'));
    await remembered.remember(entry('http://a:1/', 'person', 2));
    assert.deepEqual(uris(), ['http://a:1/', 'http://b:1']);
    assert.equal(remembered.all[0]?.usedAt, 2);
  });

  it('are twenty at most', async () => {
    for (let at = 0; at < 25; at++) {
      await remembered.remember(entry(`http://host:${at}`));
    }
    assert.equal(uris().length, 20);
    assert.equal(uris()[0], 'http://host:24');
    assert.equal(uris()[19], 'http://host:5');
  });

  it('hold no password, and nothing that would not open without one', async () => {
    await remembered.remember(entry('https://kim:s3cret@host/mlflow?token=s3cret'));
    await remembered.remember(entry('postgresql://kim:s3cret@db/mlflow'));
    assert.deepEqual(uris(), ['https://host/mlflow']);
    assert.doesNotMatch(JSON.stringify(memory.get(key)), /s3cret/);
  });

  it('stay a person’s word when a workspace names them later, and become it', async () => {
    await remembered.remember(entry('http://a', 'others'));
    assert.equal(remembered.all[0]?.namedBy, 'others');
    await remembered.remember(entry('http://a', 'person'));
    await remembered.remember(entry('http://a', 'others'));
    assert.equal(remembered.all[0]?.namedBy, 'person');
  });

  it('keep the version that was seen when none is found', async () => {
    await remembered.remember(entry('http://a'));
    await remembered.remember({ ...entry('http://a'), version: undefined });
    assert.equal(remembered.all[0]?.version, '3.17.2');
  });

  it('can be forgotten', async () => {
    await remembered.remember(entry('http://a'));
    await remembered.remember(entry('http://b'));
    await remembered.forget('http://a');
    assert.deepEqual(uris(), ['http://b']);
  });

  it('leave out what cannot be read', async () => {
    const stored = [
      null,
      'http://a',
      { uri: 'http://kim:s3cret@a', usedAt: 1 },
      { uri: 'ftp://a', usedAt: 1 },
      { uri: 'http://b' },
      { uri: 'http://c', usedAt: 1, namedBy: 7, version: {} },
    ];
    await memory.update(key, stored);
    const read = { uri: 'http://c', usedAt: 1, namedBy: 'others', version: undefined };
    assert.deepEqual(remembered.all, [read]);
    await memory.update(key, 'nonsense');
    assert.deepEqual(remembered.all, []);
  });
});
