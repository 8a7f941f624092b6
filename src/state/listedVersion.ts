import type { Disposable } from '../base/disposable';
import type { Models, ModelsChange } from './models';
import type { VersionPlace } from './versionEntry';

/**
 * Notices where the lists of the Models view say something else of a version than they did: somebody changed it here, or a
 * refresh of the view found that it is another.
 */
export class ListedVersion implements Disposable {
  private followed: { readonly models: Models; readonly end: Disposable } | undefined;
  private listed: string | undefined;

  constructor(
    /** `followsModel` notices what is said of the other versions of the model, too. */
    private readonly place: Pick<VersionPlace, 'name' | 'version'> & {
      readonly followsModel: boolean;
    },
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
          this.look(models, change);
        }
      }),
    };
  }

  dispose(): void {
    this.follow(undefined);
  }

  private look(models: Models, change: ModelsChange): void {
    const before = this.listed;
    this.listed = this.said(models);
    if (before !== this.listed || (this.listed === undefined && change.kind === 'versions')) {
      this.onStale();
    }
  }

  /** What the lists say, as a text; `undefined` where they do not hold it: a change of the model may then be one of it. */
  private said(models: Models): string | undefined {
    const { name, version, followsModel } = this.place;
    const listed = models.versions(name).get(version);
    const { aliases = [], latestVersions = [] } = models.model(name) ?? {};
    const isMeant = (one: { readonly version: string }): boolean =>
      followsModel || one.version === version;
    const latest = latestVersions.filter(isMeant).map((one) => [one.version, one.stage]);
    return listed && JSON.stringify([listed, aliases.filter(isMeant), latest]);
  }
}
