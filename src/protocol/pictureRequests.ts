/** A picture that was logged by key and step. */
export interface PageImage {
  readonly key: string;
  /** A decimal integer of any length. */
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Relative to the run. */
  readonly path: string;
  /** Of a smaller copy. */
  readonly thumbnail: string | undefined;
}

/** The pictures of a run, by key, step and time. */
export interface RunImages {
  readonly images: readonly PageImage[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/** A picture by its run, as the page knows it, and its path there. */
export interface PicturePlace {
  readonly run: string;
  readonly path: string;
}

interface Requests {
  images: { params: string; result: RunImages };
  /** The bytes of a picture. */
  picture: { params: PicturePlace; result: Uint8Array };
  /** Opens it in VS Code's own editor for pictures. */
  openPicture: { params: PicturePlace; result: undefined };
  /** Opens these side by side. */
  comparePictures: { params: readonly PicturePlace[]; result: undefined };
}

/** What every page with logged images asks for. */
export type PictureRequests = Pick<Requests, keyof Requests>;
