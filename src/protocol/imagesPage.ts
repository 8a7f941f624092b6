import type { ComparedRun } from './comparePage';
import type { PictureRequests } from './pictureRequests';

/** A run whose logged images are shown. */
export type ImagesRun = Pick<
  ComparedRun,
  | 'key'
  | 'runId'
  | 'name'
  | 'experimentName'
  | 'connection'
  | 'standing'
  | 'problem'
  | 'status'
  | 'color'
>;

export interface ImagesInit {
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag, for numbers and dates. */
  readonly locale: string;
  readonly restore: unknown;
  readonly runs: readonly ImagesRun[];
  /** Seconds after which the pictures of runs in progress are looked for again; 0 is never. */
  readonly refreshInterval: number;
}

/** What the page of logged images and the extension say to each other; the page asks. */
export interface ImagesPage {
  requests: PictureRequests & {
    init: { params: undefined; result: ImagesInit };
    /** Reads the facts of all runs again. */
    retry: { params: undefined; result: undefined };
  };
  notices: {
    /** A failure of the page itself, for the log. */
    failure: string;
  };
  events: {
    /** Every run there is, as it is known now. */
    runs: readonly ImagesRun[];
    trouble: string | undefined;
  };
}
