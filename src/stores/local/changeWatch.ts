import { type FSWatcher, watch } from 'node:fs';
import { abortError } from '../../base/abortError';
import type { Disposable } from '../../base/disposable';

/** Where the changes of a store show. */
export interface Watched {
  /** Folders; what happens to the entries of each is reported, not what happens further below. */
  readonly folders: readonly string[];
  /** Whether a change of this entry is one of the store; always, where it is left out. */
  readonly isPart?: (name: string) => boolean;
  /** The same text for as long as nothing has changed; asked now and then, since not every file system reports changes. */
  readonly state: (signal: AbortSignal) => string | Promise<string>;
}

export interface WatchTimes {
  /** Milliseconds between looks at the state while nothing is reported. */
  readonly lookEvery: number;
  /** Milliseconds that the folders stay watched after nobody waits any more. */
  readonly linger: number;
  /** Milliseconds that go by. */
  readonly clock: () => number;
}

const usualTimes: WatchTimes = {
  lookEvery: 2000,
  linger: 10_000,
  clock: () => performance.now(),
};
/** Where looking takes long, it takes at most a twentieth of the time. */
const restPerLook = 19;

/** Waits for changes of files, by the reports of the system where there are any. One waits at a time. */
export class ChangeWatch implements Disposable {
  private readonly watchers = new Map<string, FSWatcher | undefined>();
  private isPart: Watched['isPart'];
  private lastState = '';
  private reported = false;
  /** Before that time, looking again would take too much of it. */
  private restUntil = -Infinity;
  private wake: (() => void) | undefined;
  private lingering: NodeJS.Timeout | undefined;

  constructor(private readonly times: WatchTimes = usualTimes) {}

  /** Resolves at the next change since the last call resolved; the first one at once. */
  async next(watched: Watched, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      throw abortError();
    }
    clearTimeout(this.lingering);
    this.isPart = watched.isPart;
    this.follow(new Set(watched.folders));
    try {
      await this.untilChanged(watched, signal);
    } finally {
      this.lingering = setTimeout(() => this.follow(new Set()), this.times.linger).unref();
    }
  }

  dispose(): void {
    clearTimeout(this.lingering);
    this.follow(new Set());
  }

  private async untilChanged(watched: Watched, signal: AbortSignal): Promise<void> {
    for (;;) {
      const wasReported = this.reported;
      this.reported = false;
      const rest = this.restUntil - this.times.clock();
      // A look would keep the report waiting. The next one then shows the same change again, which is one too many but none missed.
      if (wasReported && rest > 0) {
        return;
      }
      if (rest > 0) {
        await this.pause(rest, signal);
        continue;
      }
      const state = await this.look(watched, signal).catch((error: unknown) => {
        this.reported ||= wasReported;
        throw error;
      });
      if (wasReported || state !== this.lastState) {
        this.lastState = state;
        return;
      }
      await this.pause(this.times.lookEvery, signal);
    }
  }

  private async look(watched: Watched, signal: AbortSignal): Promise<string> {
    const begun = this.times.clock();
    try {
      return await watched.state(signal);
    } finally {
      const end = this.times.clock();
      this.restUntil = end + (end - begun) * restPerLook;
    }
  }

  /** Until something is reported, or so much time has gone by. */
  private pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return Promise.reject(abortError());
    }
    if (this.reported) {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.wake = undefined;
      };
      const giveUp = (): void => {
        end();
        reject(abortError());
      };
      const goOn = (): void => {
        end();
        resolve();
      };
      const timer = setTimeout(goOn, milliseconds);
      signal.addEventListener('abort', giveUp);
      this.wake = goOn;
    });
  }

  private follow(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.watchers) {
      if (!folders.has(folder)) {
        watcher?.close();
        this.watchers.delete(folder);
      }
    }
    for (const folder of folders) {
      if (!this.watchers.has(folder)) {
        this.watchers.set(folder, this.watch(folder));
      }
    }
  }

  /** `undefined` where the system has no more watches to give, or the folder is gone: then it is only looked at. */
  private watch(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || this.isPart?.(name) !== false) {
          this.reported = true;
          this.wake?.();
        }
      });
      watcher.on('error', () => {
        watcher.close();
        // Watched anew with the next call, should there be such a folder again.
        this.watchers.delete(folder);
        this.reported = true;
        this.wake?.();
      });
      return watcher;
    } catch {
      return undefined;
    }
  }
}
