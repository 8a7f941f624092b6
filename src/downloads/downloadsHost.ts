import type { Log } from '../base/log';
import type { Memory } from '../state/memory';
import type { Sessions } from '../state/sessions';

/** What downloads and uploads get from the extension, which loads them late. */
export interface DownloadsHost {
  readonly sessions: Sessions;
  /** Of the user. */
  readonly memory: Memory;
  readonly log: Log;
  readonly showLog: () => void;
  /** Tells a person about a failure in one sentence. */
  readonly tellFailure: (error: unknown) => Promise<void>;
}
