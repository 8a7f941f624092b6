import assert from 'node:assert/strict';
import { WindowChoice } from '../../../src/connections/windowChoice';
import type { NamedUri } from '../../../src/mlflow/found';
import { MemoryInMemory } from '../state/memoryInMemory';

const a: NamedUri = { uri: 'http://a', namedBy: 'person' };
const b: NamedUri = { uri: 'http://b', namedBy: 'others' };

describe('WindowChoice', () => {
  let memory: MemoryInMemory;
  let choice: WindowChoice;

  beforeEach(() => {
    memory = new MemoryInMemory();
    choice = new WindowChoice(memory);
  });

  it('is nothing at first', () => {
    assert.deepEqual([choice.instead, choice.beside], [undefined, []]);
  });

  it('is kept, with whose word it was, and taken back', async () => {
    await choice.takeInstead(b);
    assert.deepEqual(new WindowChoice(memory).instead, b);
    await choice.takeInstead(undefined);
    assert.equal(new WindowChoice(memory).instead, undefined);
  });

  it('puts things beside each other, each once, until they are closed', async () => {
    await choice.putBeside(a);
    await choice.putBeside(b);
    await choice.putBeside(a);
    assert.deepEqual(choice.beside, [b, a]);
    await choice.close((uri) => uri === b.uri);
    assert.deepEqual(choice.beside, [a]);
  });

  it('leaves out what cannot be read', async () => {
    await memory.update('mlflow.chosen.instead', { uri: 5 });
    await memory.update('mlflow.chosen.beside', [null, { uri: 'ftp://x' }, { uri: 'http://a' }]);
    assert.equal(choice.instead, undefined);
    assert.deepEqual(choice.beside, [{ uri: 'http://a', namedBy: 'others' }]);
  });
});
