import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { nameContains, quoteValue } from '../mlflow/filterText';
import type { ModelVersion, RegisteredModel } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { PagedList, sameFacts } from './pagedList';

export type ModelsChange =
  { readonly kind: 'models' } | { readonly kind: 'versions'; readonly modelName: string };

const modelsPerPage = 200;
const versionsPerPage = 100;

/** The registered models of one registry and, once looked at, their versions, newest first. */
export class Models implements Disposable {
  private readonly changes = new EventSource<ModelsChange>();
  private readonly versionLists = new Map<string, PagedList<ModelVersion>>();
  private models: PagedList<RegisteredModel>;
  private searchText = '';

  readonly onDidChange = this.changes.event;

  constructor(private readonly registry: TrackingStore) {
    this.models = this.newList();
  }

  get list(): PagedList<RegisteredModel> {
    return this.models;
  }

  get search(): string {
    return this.searchText;
  }

  /** Narrows the list to models whose name contains `text`; empty for all. */
  setSearch(text: string): void {
    this.searchText = text.trim();
    const former = this.models;
    former.dispose();
    this.models = this.newList(former);
    this.changes.fire({ kind: 'models' });
  }

  versions(modelName: string): PagedList<ModelVersion> {
    let list = this.versionLists.get(modelName);
    if (list === undefined) {
      list = new PagedList<ModelVersion>({
        keyOf: ({ version }) => version,
        same: sameFacts,
        onChange: () => this.changes.fire({ kind: 'versions', modelName }),
        fetchPage: async (pageToken, signal) => {
          return this.registry.searchModelVersions(
            {
              filter: `name = ${quoteValue(modelName)}`,
              orderBy: ['version_number DESC'],
              maxResults: versionsPerPage,
              pageToken,
            },
            signal,
          );
        },
      });
      this.versionLists.set(modelName, list);
    }
    return list;
  }

  /** Reads everything that is shown anew; what was there stays until it has come. */
  async reload(): Promise<void> {
    await Promise.all([
      this.models.reload(),
      ...[...this.versionLists.values()]
        .filter((list) => list.loadedAt !== undefined || list.error !== undefined)
        .map((list) => list.reload()),
    ]);
  }

  /** Reads anew what has been looked at, and tells where it is different. */
  async follow(): Promise<void> {
    const lists = [this.models, ...this.versionLists.values()];
    const known = lists.filter(({ loadedAt }) => loadedAt !== undefined);
    await Promise.all(known.map((list) => list.follow()));
  }

  /** Tries again the lists that failed. */
  async retryFailed(): Promise<void> {
    const lists = [this.models, ...this.versionLists.values()];
    await Promise.all(lists.filter(({ error }) => error !== undefined).map((list) => list.retry()));
  }

  dispose(): void {
    this.models.dispose();
    for (const list of this.versionLists.values()) {
      list.dispose();
    }
    this.changes.dispose();
  }

  private newList(former?: PagedList<RegisteredModel>): PagedList<RegisteredModel> {
    return new PagedList<RegisteredModel>({
      ...(former && { former }),
      keyOf: ({ name }) => name,
      same: sameFacts,
      onChange: () => this.changes.fire({ kind: 'models' }),
      fetchPage: (pageToken, signal) =>
        this.registry.searchRegisteredModels(
          {
            filter: nameContains(this.searchText),
            orderBy: ['name ASC'],
            maxResults: modelsPerPage,
            pageToken,
          },
          signal,
        ),
    });
  }
}
