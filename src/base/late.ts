import type { Disposable } from './disposable';

/** Something whose code is read, and which is made, with the first who asks for it. */
export class Late<T extends Disposable> implements Disposable {
  private loading: Promise<T> | undefined;
  private loaded: T | undefined;
  private isDisposed = false;

  constructor(private readonly load: () => Promise<T>) {}

  /** What was asked for already, without asking for it. */
  get asked(): Promise<T> | undefined {
    return this.loading;
  }

  get(): Promise<T> {
    this.loading ??= this.load().then((made) => {
      this.loaded = made;
      if (this.isDisposed) {
        made.dispose();
      }
      return made;
    });
    return this.loading;
  }

  /** At once where it is there, since an editor that closes waits for nobody. */
  dispose(): void {
    this.isDisposed = true;
    this.loaded?.dispose();
  }
}
