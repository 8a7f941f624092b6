import type { Disposable } from '../base/disposable';
import type { Models } from './models';
import type { VersionPlace } from './versionEntry';

/**
 * Notices where the lists of the Models view say something else of a version than they did: somebody changed it here, or a
 * refresh of the view found that it is another.
 */
export class ListedVersion implements Disposable {
  private followed: { readonly models: Models; readonly end: Disposable } | undefined;
  private listed: string | undefined;

  constructor(
    private readonly place: Pick<VersionPlace, 'name' | 'version'>,
    private readonly onStale: () => void,
  ) {}

  /** Follows these lists from now on, and no others. */
  follow(models: Models | undefined): void {
    if (this.followed?.models === models) {
      return;
    }
    this.followed?.end.dispose();
    this.listed = models && this.said(models);
    this.followed = models && {
      models,
      end: models.onDidChange((change) => {
        if (change.kind === 'models' || change.modelName === this.place.name) {
          this.look(models);
        }
      }),
    };
  }

  dispose(): void {
    this.follow(undefined);
  }

  private look(models: Models): void {
    const before = this.listed;
    this.listed = this.said(models);
    if (before !== undefined && before !== this.listed) {
      this.onStale();
    }
  }

  /** What the lists say, as a text; that they do not hold it is a text, too. */
  private said(models: Models): string {
    const { name, version } = this.place;
    const model = models.list.get(name);
    const aliases = model?.aliases.filter((alias) => alias.version === version);
    return JSON.stringify([models.versions(name).get(version), aliases]);
  }
}
