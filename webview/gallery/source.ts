import type { PicturePlace, RunImages } from '../../src/protocol/pictureRequests';
import type { GalleryLayout } from './galleryLayout';

/** A run whose pictures are shown. */
export interface GalleryRun {
  /** Tells the run from the others of the page. */
  readonly key: string;
  readonly name: string;
  /** Which of the contributed run colors it has, from 0. */
  readonly color: number;
  /** Whether it may log more. */
  readonly isLive: boolean;
}

/** Where the gallery gets what it shows, and what can be done with it. */
export interface GallerySource {
  images(run: string, signal: AbortSignal): Promise<RunImages>;
  picture(place: PicturePlace, signal: AbortSignal): Promise<Uint8Array>;
  /** Opens a picture in an editor. */
  open(place: PicturePlace): Promise<unknown>;
  /** Opens pictures side by side. */
  compare(places: readonly PicturePlace[]): Promise<unknown>;
}

/** What the gallery is drawn from. */
export interface GalleryInput {
  readonly runs: readonly GalleryRun[];
  readonly source: GallerySource;
  readonly layout: GalleryLayout;
  readonly onLayout: (layout: GalleryLayout) => void;
  /** Seconds after which pictures of live runs are looked for again; 0 is never. */
  readonly refreshInterval: number;
  /** Another number once all pictures are to be looked for again. */
  readonly reading: number;
}
