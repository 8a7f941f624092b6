export interface MapInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers. */
  readonly locale: string;
  readonly restore: unknown;
  /** Relative to its owner. */
  readonly path: string;
}

/** What the map of a GeoJSON file and the extension say to each other; the page asks. */
export interface MapPage {
  requests: {
    init: { params: undefined; result: MapInit };
    /** The file, UTF-8. */
    content: { params: undefined; result: Uint8Array };
    /** Opens the file as text. */
    openText: { params: undefined; result: undefined };
    copy: { params: string; result: undefined };
  };
  notices: { failure: string };
  events: Record<never, never>;
}
