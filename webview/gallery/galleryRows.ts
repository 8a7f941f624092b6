import type { PageImage } from '../../src/protocol/pictureRequests';
import { tileSizes } from './galleryLayout';
import type { GalleryLayout } from './galleryLayout';
import type { GalleryRun } from './source';
import { imageAt, stepsOf } from './steps';

/** A place for a picture; without one the run has none that early, or none of the key. */
export interface Tile {
  readonly key: string;
  readonly run: GalleryRun;
  readonly image: PageImage | undefined;
  /** Whether it is from an earlier step than the one that is shown. */
  readonly isEarlier: boolean;
}

export type GalleryRow =
  | {
      readonly kind: 'key';
      readonly key: string;
      readonly steps: readonly string[];
      /** What is shown of it. */
      readonly step: string | undefined;
      readonly count: number;
      readonly height: number;
    }
  | {
      readonly kind: 'tiles';
      readonly key: string;
      readonly tiles: readonly Tile[];
      readonly height: number;
    };

/** The pictures of a run, in the order of key, step and time. */
export type ImagesByRun = ReadonlyMap<string, readonly PageImage[]>;

const keyHeight = 34;
const captionHeight = 40;
export const tileGap = 8;

/** All rows of the gallery: for each key a line with its name, then its pictures, as many in a row as fit. */
export function galleryRows(
  runs: readonly GalleryRun[],
  images: ImagesByRun,
  layout: GalleryLayout,
  width: number,
): readonly GalleryRow[] {
  const search = layout.search.trim().toLowerCase();
  const size = tileSizes[layout.size];
  const perRow = Math.max(1, Math.floor((width + tileGap) / (size + tileGap)));
  return byKey(runs, images)
    .filter(({ key }) => key.toLowerCase().includes(search))
    .flatMap(({ key, byRun }) => {
      const all = [...byRun.values()].flat();
      const steps = stepsOf(all);
      const step = layout.keySteps.get(key) ?? layout.step;
      const tiles = layout.showsAll
        ? everyTile(key, runs, byRun)
        : runs.map((run) => tileAt(key, run, byRun.get(run.key) ?? [], step));
      const head: GalleryRow = {
        ...{ kind: 'key', key, steps, count: all.length, height: keyHeight },
        step: step ?? steps.at(-1),
      };
      return [head, ...tileRows(key, tiles, perRow, size)];
    });
}

function byKey(
  runs: readonly GalleryRun[],
  images: ImagesByRun,
): readonly { key: string; byRun: ReadonlyMap<string, PageImage[]> }[] {
  const keys = new Map<string, Map<string, PageImage[]>>();
  for (const run of runs)
    for (const image of images.get(run.key) ?? []) {
      const byRun = keys.get(image.key) ?? new Map<string, PageImage[]>();
      keys.set(image.key, byRun);
      const some = byRun.get(run.key) ?? [];
      some.push(image);
      byRun.set(run.key, some);
    }
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, byRun]) => ({ key, byRun }));
}

function everyTile(
  key: string,
  runs: readonly GalleryRun[],
  byRun: ReadonlyMap<string, readonly PageImage[]>,
): readonly Tile[] {
  return runs.flatMap((run) =>
    (byRun.get(run.key) ?? []).map((image) => ({ key, run, image, isEarlier: false })),
  );
}

function tileAt(
  key: string,
  run: GalleryRun,
  images: readonly PageImage[],
  step: string | undefined,
): Tile {
  const image = imageAt(images, step);
  return {
    ...{ key, run, image },
    isEarlier: image !== undefined && step !== undefined && image.step !== step,
  };
}

function tileRows(
  key: string,
  tiles: readonly Tile[],
  perRow: number,
  size: number,
): readonly GalleryRow[] {
  const rows: GalleryRow[] = [];
  const height = size + captionHeight + tileGap;
  for (let at = 0; at < tiles.length; at += perRow)
    rows.push({ kind: 'tiles', key, tiles: tiles.slice(at, at + perRow), height });
  return rows;
}
