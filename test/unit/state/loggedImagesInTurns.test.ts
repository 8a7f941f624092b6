import assert from 'node:assert/strict';
import { loggedImages } from '../../../src/mlflow/loggedImages';
import { loggedImagesInTurns } from '../../../src/state/loggedImagesInTurns';

const files = Array.from({ length: 20_000 }, (_, at) => ({
  path: `images/k${at % 7}+step+${(at * 7919) % 5000}+timestamp+${at >> 1}+u${at >> 1}${at % 2 ? '+compressed.webp' : '.png'}`,
  isDirectory: false,
  size: 1,
}));

describe('images of a folder with very many files', () => {
  it('are the same as at once', async () => {
    const images = await loggedImagesInTurns(files, new AbortController().signal);
    assert.deepEqual(images, loggedImages(files));
  });

  it('are looked for while others have their turns', async () => {
    const others = files.map(({ path }) => ({ path: `${path}.txt1`, isDirectory: false, size: 1 }));
    let turns = 0;
    const count = (): void => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const images = await loggedImagesInTurns(others, new AbortController().signal);
    clearImmediate(next);
    assert.deepEqual(images, []);
    assert.ok(turns >= 15, `${turns} turns`);
  });

  it('are given up when nobody wants them any more', async () => {
    const controller = new AbortController();
    const images = loggedImagesInTurns(files, controller.signal);
    controller.abort();
    await assert.rejects(images, { name: 'AbortError' });
  });
});
