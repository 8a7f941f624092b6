import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/paths.mts';
import { loggedImages, parseImageName } from '../../../src/mlflow/loggedImages';
import { compareSteps } from '../../../src/mlflow/series/compareSteps';

function listed(version: '2' | '3'): readonly { path: string; isDirectory: false; size: 1 }[] {
  const file = path.join(root, 'test', 'fixtures', 'mlmodel', version, 'images.json');
  const paths = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  return paths.map((each) => ({ path: each, isDirectory: false, size: 1 }));
}

describe('names of logged images', () => {
  for (const version of ['2', '3'] as const)
    it(`are read as MLflow ${version} writes them, the smaller copy with its picture`, () => {
      const images = loggedImages(listed(version));
      assert.deepEqual(
        images.map(({ key, step }) => [key, step]),
        [
          ['loss.curve-1_a', '-3'],
          ['loss.curve-1_a', '7'],
          ['val/mask one', '0'],
          ['val/mask one', '10'],
          ['val/mask one', '250'],
        ],
      );
      for (const image of images) {
        assert.match(image.path, /\.png$/);
        assert.match(image.thumbnail ?? '', /compressed\.webp$/);
        assert.ok(image.timestamp > 1_600_000_000_000);
      }
    });

  it('have a slash of the key written as # by the first releases with +', () => {
    const name = 'images/a#b+step+3+timestamp+17+g1-2+compressed.webp';
    const { key, isThumbnail } = parseImageName(name) ?? {};
    assert.deepEqual([key, isThumbnail], ['a/b', true]);
  });

  it('keep steps exact that no number holds', () => {
    const step = '9007199254740993';
    assert.equal(parseImageName(`a+step+${step}+timestamp+1+x.png`)?.step, step);
    assert.deepEqual(['9007199254740993', '9007199254740992', '-1'].sort(compareSteps), [
      '-1',
      '9007199254740992',
      '9007199254740993',
    ]);
  });

  it('are no names where anything else lies in the folder', () => {
    const others = [
      'dogs.png',
      'a+step+x+timestamp+1+u.png',
      'a+step+1%timestamp+1+u.png',
      '',
      '+',
    ];
    for (const name of others) assert.equal(parseImageName(name), undefined, name);
    const folder = {
      path: 'images/a+step+1+timestamp+1+u.png',
      isDirectory: true,
      size: undefined,
    };
    assert.deepEqual(loggedImages([folder]), []);
  });

  it('take the smaller copy for the picture as long as there is no other', () => {
    const small = 'images/a+step+1+timestamp+1+u+compressed.webp';
    const [image] = loggedImages([{ path: small, isDirectory: false, size: 1 }]);
    assert.deepEqual([image?.path, image?.thumbnail], [small, small]);
  });
});
