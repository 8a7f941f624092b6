/** A picture of one owner. */
export interface ComparedPicture {
  /** Tells it from the others of the page. */
  readonly key: string;
  /** What its owner is called. */
  readonly name: string;
  /** Which run or model, for hovers. */
  readonly owner: string;
  readonly path: string;
  /** Which of the contributed run colors its run has, from 0; absent for models. */
  readonly color: number | undefined;
}

export interface PicturesInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly restore: unknown;
  readonly pictures: readonly ComparedPicture[];
}

/** What the page that compares pictures and the extension say to each other; the page asks. */
export interface PicturesPage {
  requests: {
    init: { params: undefined; result: PicturesInit };
    /** The bytes of a picture. */
    picture: { params: string; result: Uint8Array };
    /** Opens it in VS Code's own editor for pictures. */
    openPicture: { params: string; result: undefined };
  };
  notices: { failure: string };
  events: Record<never, never>;
}
