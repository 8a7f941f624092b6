import type { Disposable } from '../base/disposable';

/** Looks through one version of a document and shows what was found, unless `isOld` by then. */
type Look = (uri: string, isOld: () => boolean) => Promise<void>;

/**
 * Documents that are looked through some time after they last changed. Of each only the newest look counts; an older one is
 * told so.
 */
export class Diagnosing implements Disposable {
  private readonly newest = new Map<string, { timer?: ReturnType<typeof setTimeout> }>();

  constructor(private readonly look: Look) {}

  knows(uri: string): boolean {
    return this.newest.has(uri);
  }

  /** @param delay milliseconds; asked for once more before they are over, they begin anew */
  schedule(uri: string, delay: number): void {
    clearTimeout(this.newest.get(uri)?.timer);
    const turn: { timer?: ReturnType<typeof setTimeout> } = {};
    const isOld = (): boolean => this.newest.get(uri) !== turn;
    turn.timer = setTimeout(() => void this.look(uri, isOld), delay);
    this.newest.set(uri, turn);
  }

  forget(uri: string): void {
    clearTimeout(this.newest.get(uri)?.timer);
    this.newest.delete(uri);
  }

  dispose(): void {
    [...this.newest.keys()].forEach((uri) => this.forget(uri));
  }
}
