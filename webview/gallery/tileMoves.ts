import type { GalleryRow, ImagesByRun, Tile } from './galleryRows';
import type { GalleryRun } from './source';
import { imageAt } from './steps';

/** The tile that a key leads to, by its place among all; `undefined` for other keys. */
export function tileKeys(
  key: string,
  active: number,
  rows: readonly GalleryRow[],
): number | undefined {
  const lengths = rows.flatMap((row) => (row.kind === 'tiles' ? [row.tiles.length] : []));
  const last = lengths.reduce((sum, length) => sum + length, 0) - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, active - 1);
    case 'ArrowRight':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return inRow(active, lengths, -1);
    case 'ArrowDown':
      return inRow(active, lengths, 1);
    case 'PageUp':
      return inRow(active, lengths, -3);
    case 'PageDown':
      return inRow(active, lengths, 3);
    case 'Home':
      return 0;
    case 'End':
      return Math.max(0, last);
    default:
      return undefined;
  }
}

/** The tile below or above, so many rows away, or the last one of a shorter row. */
function inRow(active: number, lengths: readonly number[], by: number): number {
  let first = 0;
  let row = 0;
  while (row < lengths.length - 1 && first + (lengths[row] ?? 0) <= active) {
    first += lengths[row] ?? 0;
    row++;
  }
  const column = active - first;
  const target = Math.max(0, Math.min(lengths.length - 1, row + by));
  const start = lengths.slice(0, target).reduce((sum, length) => sum + length, 0);
  return start + Math.min(column, Math.max(0, (lengths[target] ?? 1) - 1));
}

export type TileDirection = 'earlier' | 'later' | 'previous' | 'next' | 'same';

/** The picture before or after, of the same run and key, or the same of another run; the tile itself where there is none. */
export function besideTile(
  tile: Tile,
  direction: TileDirection,
  runs: readonly GalleryRun[],
  images: ImagesByRun,
): Tile {
  const ofRun = (run: GalleryRun): ReturnType<typeof images.get> =>
    images.get(run.key)?.filter(({ key }) => key === tile.key);
  if (direction === 'earlier' || direction === 'later') {
    const own = ofRun(tile.run) ?? [];
    const at = own.findIndex(({ path }) => path === tile.image?.path);
    const image = own[at + (direction === 'earlier' ? -1 : 1)];
    return image === undefined || at < 0 ? tile : { ...tile, image, isEarlier: false };
  }
  const at = runs.findIndex(({ key }) => key === tile.run.key);
  const run = direction === 'same' ? tile.run : runs[at + (direction === 'previous' ? -1 : 1)];
  if (run === undefined) return tile;
  const image = imageAt(ofRun(run) ?? [], tile.image?.step);
  return image === undefined && direction !== 'same'
    ? tile
    : { ...tile, run, image, isEarlier: image?.step !== tile.image?.step };
}
