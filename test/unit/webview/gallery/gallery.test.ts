import assert from 'node:assert/strict';
import type { PageImage } from '../../../../src/protocol/pictureRequests';
import {
  defaultGallery,
  readGallery,
  writeGallery,
} from '../../../../webview/gallery/galleryLayout';
import { galleryRows } from '../../../../webview/gallery/galleryRows';
import type { GalleryRow, Tile } from '../../../../webview/gallery/galleryRows';
import { rowPlaces, rowsBetween } from '../../../../webview/gallery/rowPlaces';
import { placeOfStep } from '../../../../webview/gallery/steps';
import { besideTile, tileKeys } from '../../../../webview/gallery/tileMoves';
import { placed, wholePicture, zoomedAt } from '../../../../webview/gallery/zoomView';

const run = (key: string): { key: string; name: string; color: number; isLive: boolean } => ({
  ...{ key, name: key, color: 0, isLive: false },
});

function image(key: string, step: number, timestamp = step): PageImage {
  return {
    key,
    step: String(step),
    timestamp,
    path: `${key} ${step} ${timestamp}`,
    thumbnail: undefined,
  };
}

const runs = [run('a'), run('b')];
const images = new Map([
  ['a', [image('dog', 0), image('dog', 10), image('owl', 5)]],
  ['b', [image('dog', 10), image('dog', 20)]],
]);

function tilesOf(rows: readonly GalleryRow[]): readonly Tile[] {
  return rows.flatMap((row) => (row.kind === 'tiles' ? row.tiles : []));
}

function shown(layout: Partial<typeof defaultGallery>): readonly string[] {
  const rows = galleryRows(runs, images, { ...defaultGallery, ...layout }, 1000);
  return tilesOf(rows).map(
    (tile) => `${tile.run.key} ${tile.image?.path ?? '-'}${tile.isEarlier ? ' earlier' : ''}`,
  );
}

describe('the gallery of logged images', () => {
  it('shows the last picture of each key and run, a place for runs that have none', () => {
    assert.deepEqual(shown({}), ['a dog 10 10', 'b dog 20 20', 'a owl 5 5', 'b -']);
  });

  it('shows what was the latest at a step, and says where that is an earlier one', () => {
    assert.deepEqual(shown({ step: '10' }).slice(0, 2), ['a dog 10 10', 'b dog 10 10']);
    assert.deepEqual(shown({ step: '7' }), [
      'a dog 0 0 earlier',
      'b -',
      'a owl 5 5 earlier',
      'b -',
    ]);
    const keySteps = new Map([['dog', '0']]);
    assert.deepEqual(shown({ step: '10', keySteps })[0], 'a dog 0 0');
  });

  it('shows all pictures of a key in their order, and those of a search', () => {
    const all = ['a dog 0 0', 'a dog 10 10', 'b dog 10 10', 'b dog 20 20'];
    assert.deepEqual(shown({ showsAll: true, search: 'DOG' }), all);
  });

  it('puts as many into a row as fit, and finds the rows in sight', () => {
    const rows = galleryRows(runs, images, { ...defaultGallery, showsAll: true }, 400);
    assert.deepEqual(
      rows.map((row) => (row.kind === 'tiles' ? row.tiles.length : row.key)),
      ['dog', 2, 2, 'owl', 1],
    );
    const places = rowPlaces(rows);
    assert.deepEqual(rowsBetween(places, 0, 10), { start: 0, end: 1 });
    assert.deepEqual(rowsBetween(places, 40, 300), { start: 1, end: 3 });
    assert.deepEqual(rowsBetween(places, 99_999, 100_000), { start: 0, end: 0 });
  });

  it('moves by keys from tile to tile, also over rows of other lengths', () => {
    const rows = galleryRows(runs, images, { ...defaultGallery, showsAll: true }, 400);
    assert.equal(tileKeys('ArrowDown', 1, rows), 3);
    assert.equal(tileKeys('ArrowDown', 3, rows), 4);
    assert.equal(tileKeys('ArrowUp', 4, rows), 2);
    assert.equal(tileKeys('End', 0, rows), 4);
    assert.equal(tileKeys('x', 0, rows), undefined);
  });

  it('goes from an enlarged picture to other steps and to the same step of other runs', () => {
    const tile: Tile = { key: 'dog', run: runs[0]!, image: image('dog', 10), isEarlier: false };
    const go = (direction: Parameters<typeof besideTile>[1]): string | undefined =>
      besideTile(tile, direction, runs, images).image?.path;
    assert.deepEqual([go('earlier'), go('later')], ['dog 0 0', 'dog 10 10']);
    const next = besideTile(tile, 'next', runs, images);
    assert.deepEqual([next.run.key, next.image?.path], ['b', 'dog 10 10']);
    assert.equal(besideTile(tile, 'previous', runs, images), tile);
  });

  it('keeps its layout as JSON, and takes nothing insane', () => {
    const layout = { ...defaultGallery, step: '10', keySteps: new Map([['dog', '-5']]) };
    const json: unknown = JSON.parse(JSON.stringify(writeGallery(layout)));
    assert.deepEqual(readGallery(json), layout);
    assert.deepEqual(
      readGallery({ size: 'constructor', step: 'x', keySteps: [['a', 1], 3], search: 9 }),
      defaultGallery,
    );
  });

  it('finds the step that the slider stands for', () => {
    assert.equal(placeOfStep(['0', '10', '20'], undefined), 2);
    assert.equal(placeOfStep(['0', '10', '20'], '15'), 1);
    assert.equal(placeOfStep(['0', '10'], '-1'), -1);
  });
});

describe('a zoomed picture', () => {
  const pane = { width: 400, height: 200 };

  it('shows the same part of pictures of other sizes', () => {
    const view = { scale: 4, x: 0.25, y: 0.5 };
    for (const size of [
      { width: 100, height: 50 },
      { width: 1000, height: 500 },
    ]) {
      const { left, width } = placed(view, pane, size);
      assert.deepEqual([left, width], [-200, 1600]);
    }
  });

  it('keeps what is below the pointer, and is whole again at the end', () => {
    const size = { width: 100, height: 50 };
    const zoomed = zoomedAt(wholePicture, 2, { x: 100, y: 50 }, pane, size);
    const { left, top, width } = placed(zoomed, pane, size);
    assert.deepEqual([width, (100 - left) / width, (50 - top) / (width / 2)], [800, 0.25, 0.25]);
    assert.deepEqual(zoomedAt(zoomed, 0.1, { x: 0, y: 0 }, pane, size), wholePicture);
  });
});
