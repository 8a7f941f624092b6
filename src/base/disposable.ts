/** Something that holds a resource and can let go of it; calling `dispose` twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Collects disposables and disposes them together, last added first. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  /** Adds `item` and returns it; an item added after disposal is disposed at once. */
  add<T extends Disposable>(item: T): T {
    if (this.disposed) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.disposed = true;
    for (let item = this.items.pop(); item !== undefined; item = this.items.pop()) {
      item.dispose();
    }
  }
}
