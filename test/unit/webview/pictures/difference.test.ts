import assert from 'node:assert/strict';
import { pixelDifference } from '../../../../webview/pictures/difference';

const pixels = (...values: number[]): Uint8ClampedArray => Uint8ClampedArray.from(values);

describe('the difference of two pictures', () => {
  it('counts pixels that differ, and says by how much', () => {
    const one = pixels(10, 20, 30, 255, 0, 0, 0, 255);
    const other = pixels(10, 25, 30, 255, 0, 0, 0, 255);
    const { changed, all, greatest } = pixelDifference(one, other, 1);
    assert.deepEqual([changed, all, greatest], [1, 2, 5]);
  });

  it('draws what is equal black, and what hardly differs so that it is seen', () => {
    const { pixels: drawn } = pixelDifference(
      pixels(1, 1, 1, 255, 5, 5, 5, 255, 0, 0, 0, 255),
      pixels(1, 1, 1, 255, 6, 5, 5, 255, 255, 255, 255, 255),
      1,
    );
    assert.deepEqual([drawn[0], drawn[8]], [0, 255]);
    assert.ok((drawn[4] ?? 0) >= 48);
  });

  it('takes colors that nobody sees for equal', () => {
    const { changed } = pixelDifference(pixels(255, 0, 0, 0), pixels(0, 255, 0, 0), 1);
    assert.equal(changed, 0);
  });
});
