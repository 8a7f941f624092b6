import type { Browser } from 'playwright-core';
import type { ImagesPage, ImagesRun } from '../../src/protocol/imagesPage';
import type { MapPage } from '../../src/protocol/mapPage';
import type { ModelSummary, ModelSummaryPage } from '../../src/protocol/modelSummaryPage';
import type { PageImage } from '../../src/protocol/pictureRequests';
import type { PicturesPage } from '../../src/protocol/picturesPage';
import type { Protocol } from '../../src/protocol/rpc';
import { OpenedPage } from './openedPage';
import type { Served, ShownAs } from './openedPage';

/** Any built page in a browser, with the extension's side in this process. */
export class ArtifactPage<P extends Protocol> extends OpenedPage<P> {
  static async open<P extends Protocol>(
    browser: Browser,
    served: Omit<Served<P>, 'language'>,
    shown: ShownAs = {},
  ): Promise<ArtifactPage<P>> {
    const opened = new ArtifactPage<P>(...(await this.prepare(browser, shown)));
    await opened.load({ ...served, language: 'en' });
    return opened;
  }
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const english = { texts: undefined, locale: 'en', restore: { version: 1 } };

export function imagesRun(key: string, more: Partial<ImagesRun> = {}): ImagesRun {
  return {
    ...{ key, runId: `id-${key}`, name: key, experimentName: 'pets', connection: 'here' },
    ...{ standing: 'ready', problem: undefined, status: 'FINISHED', color: 0 },
    ...more,
  };
}

/** A picture as `log_image` names it. */
export function pageImage(key: string, step: number): PageImage {
  const stem = `images/${key.replaceAll('/', '~')}+step+${step}+timestamp+${1_700_000_000_000 + step}+g`;
  return {
    ...{ key, step: String(step), timestamp: 1_700_000_000_000 + step },
    path: `${stem}.png`,
    thumbnail: `${stem}+compressed.webp`,
  };
}

export function openImages(
  browser: Browser,
  runs: readonly ImagesRun[],
  answers: Partial<Served<ImagesPage>['requests']>,
  shown?: ShownAs,
): Promise<ArtifactPage<ImagesPage>> {
  const init = { ...english, runs, refreshInterval: 0 };
  return ArtifactPage.open<ImagesPage>(
    browser,
    {
      page: 'images',
      requests: {
        init: () => Promise.resolve(init),
        retry: nothing,
        images: () => Promise.resolve({ images: [], isCut: false }),
        picture: () => Promise.resolve(new Uint8Array()),
        openPicture: nothing,
        comparePictures: nothing,
        ...answers,
      },
      notices: ['failure'],
    },
    shown,
  );
}

export function openPictures(
  browser: Browser,
  pictures: readonly (readonly [name: string, path: string, bytes: Uint8Array])[],
  shown?: ShownAs,
): Promise<ArtifactPage<PicturesPage>> {
  const compared = pictures.map(([name, path], at) => ({
    ...{ key: String(at), name, owner: `run ${at}`, path, color: at },
  }));
  return ArtifactPage.open<PicturesPage>(
    browser,
    {
      page: 'pictures',
      requests: {
        init: () => Promise.resolve({ ...english, pictures: compared }),
        picture: (key) => Promise.resolve(pictures[Number(key)]![2]),
        openPicture: nothing,
      },
      notices: ['failure'],
    },
    shown,
  );
}

export function openMap(
  browser: Browser,
  content: unknown,
  shown?: ShownAs,
): Promise<ArtifactPage<MapPage>> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return ArtifactPage.open<MapPage>(
    browser,
    {
      page: 'map',
      requests: {
        init: () => Promise.resolve({ ...english, path: 'places.geojson' }),
        content: () => Promise.resolve(new TextEncoder().encode(text)),
        openText: nothing,
        copy: nothing,
      },
      notices: ['failure'],
    },
    shown,
  );
}

export function openSummary(
  browser: Browser,
  summary: ModelSummary,
  answers: Partial<Served<ModelSummaryPage>['requests']> = {},
  shown?: ShownAs,
): Promise<ArtifactPage<ModelSummaryPage>> {
  const init = { ...english, ownerName: 'bold-cat', path: 'model/MLmodel' };
  return ArtifactPage.open<ModelSummaryPage>(
    browser,
    {
      page: 'modelSummary',
      requests: {
        init: () => Promise.resolve(init),
        summary: () => Promise.resolve(summary),
        example: () => Promise.resolve('{"columns": ["x"], "data": [[1]]}'),
        openFile: nothing,
        openText: nothing,
        copy: nothing,
        insert: () => Promise.resolve('train.py'),
        ...answers,
      },
      notices: ['failure'],
    },
    shown,
  );
}
