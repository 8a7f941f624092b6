import type { Disposable } from './base/disposable';
import type { Downloads } from './downloads/downloads';
import type { DownloadsHost } from './downloads/downloadsHost';

/** Downloads and uploads, whose code is read with the first of them. */
export class LateDownloads implements Disposable {
  private loaded: Promise<Downloads> | undefined;

  constructor(private readonly host: DownloadsHost) {}

  get(): Promise<Downloads> {
    this.loaded ??= import('./downloads/downloads').then(
      ({ Downloads }) => new Downloads(this.host),
    );
    return this.loaded;
  }

  dispose(): void {
    void this.loaded?.then((downloads) => downloads.dispose());
  }
}
