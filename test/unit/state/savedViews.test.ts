import assert from 'node:assert/strict';
import { SavedViews } from '../../../src/state/savedViews';
import { MemoryInMemory } from './memoryInMemory';

const place = (experimentId: string) => ({ connection: 'http://a', experimentId });

describe('SavedViews', () => {
  let views: SavedViews;

  beforeEach(() => {
    views = new SavedViews(new MemoryInMemory(), 'views');
  });

  it('keeps those of an experiment, however many others have some', async () => {
    for (let id = 0; id < 200; id++) {
      await views.set([place(String(id))], 'mine', id);
    }
    assert.deepEqual(views.get([place('0')]), [{ name: 'mine', layout: 0 }]);
  });

  it('refuses what it cannot keep, and keeps what there was', async () => {
    const here = [place('1')];
    for (let number = 0; number < 50; number++) {
      assert.ok(await views.set(here, String(number), { wide: 'x'.repeat(4000) }));
    }
    assert.equal(await views.set(here, 'one more', {}), false);
    assert.equal(await views.set(here, '0', 'x'.repeat(300_000)), false);
    assert.ok(await views.set(here, '0', undefined));
    assert.ok(await views.set(here, 'one more', {}));
    const names = views.get(here).map(({ name }) => name);
    assert.deepEqual([names.length, names[0], names.at(-1)], [50, '1', 'one more']);
  });
});
