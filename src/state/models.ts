import type { Disposable } from '../base/disposable';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { EventSource } from '../base/event';
import { modelFilterFromText, quoteValue } from '../mlflow/filterText';
import type { ModelVersion, RegisteredModel } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Memory } from './memory';
import { PagedList, sameFacts } from './pagedList';

export type ModelsChange =
  { readonly kind: 'models' } | { readonly kind: 'versions'; readonly modelName: string };

/** How registered models are sorted. */
export type ModelOrder = 'name' | 'updated';
export const modelOrders: readonly ModelOrder[] = ['name', 'updated'];
const orderBy: Record<ModelOrder, string> = {
  name: 'name ASC',
  updated: 'last_updated_timestamp DESC',
};

export interface ModelsOptions {
  readonly memory: Memory;
  /** Name of the server, to remember the order by. */
  readonly serverName: string;
}

const modelsPerPage = 200;
const versionsPerPage = 100;
const never = new AbortController().signal;

/** The registered models of one registry and, once looked at, their versions, newest first. */
export class Models implements Disposable {
  private readonly changes = new EventSource<ModelsChange>();
  private readonly versionLists = new Map<string, PagedList<ModelVersion>>();
  /** Models shown although the list does not hold them: somebody was led to them. */
  private readonly extras = new Map<string, RegisteredModel>();
  private models: PagedList<RegisteredModel>;
  private searchText = '';

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly registry: TrackingStore,
    private readonly options?: ModelsOptions,
  ) {
    this.models = this.newList();
  }

  get list(): PagedList<RegisteredModel> {
    return this.models;
  }

  /** The models to show, those that the list does not hold first. */
  get shownModels(): readonly RegisteredModel[] {
    const extras = [...this.extras.values()].filter(({ name }) => !this.models.get(name));
    return extras.length === 0 ? this.models.items : [...extras, ...this.models.items];
  }

  /** What is known of a model. */
  model(name: string): RegisteredModel | undefined {
    return this.models.get(name) ?? this.extras.get(name);
  }

  get search(): string {
    return this.searchText;
  }

  get order(): ModelOrder {
    const stored = this.options?.memory.get(this.orderKey);
    return modelOrders.find((order) => order === stored) ?? 'name';
  }

  async setOrder(order: ModelOrder): Promise<void> {
    await this.options?.memory.update(this.orderKey, order);
    this.setSearch(this.searchText);
  }

  /** Narrows the list to models whose name contains `text`, or that a filter finds; empty for all. */
  setSearch(text: string): void {
    this.searchText = text.trim();
    this.extras.clear();
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

  /** Reads a model anew and shows it, whatever narrows the list. Rejects where it is gone. */
  async show(name: string): Promise<RegisteredModel> {
    await this.models.ensure();
    const model = await this.registry.getRegisteredModel(name, never);
    if (this.models.get(name) === undefined && !this.extras.has(name)) {
      await this.models.reload();
    }
    this.take(model);
    return model;
  }

  /** Shows a version, and the newest ones with it; resolves to whether the list holds it. */
  async showVersion(name: string, version: string): Promise<boolean> {
    await this.show(name);
    const list = this.versions(name);
    if (list.get(version) === undefined) {
      await list.freshen();
      this.changes.fire({ kind: 'versions', modelName: name });
    }
    while (list.get(version) === undefined && list.hasMore && list.error === undefined) {
      await list.more();
    }
    return list.get(version) !== undefined;
  }

  /** Shows what became of a model by a change of ours, before any server is asked. */
  apply(
    name: string,
    changeModel: (model: RegisteredModel) => RegisteredModel,
    changeVersion: (version: ModelVersion) => ModelVersion = (version) => version,
    goneVersions: readonly string[] = [],
  ): void {
    const model = this.model(name);
    const list = this.versionLists.get(name);
    if (list !== undefined) {
      const changed = list.items.filter((version) => changeVersion(version) !== version);
      list.update(changed.map(changeVersion), goneVersions);
    }
    if (model !== undefined) {
      this.take(changeModel(model));
    }
    this.changes.fire({ kind: 'versions', modelName: name });
  }

  /** Takes a model away that is gone. */
  drop(name: string): void {
    this.extras.delete(name);
    this.models.update([], [name]);
    this.versionLists.get(name)?.dispose();
    this.versionLists.delete(name);
    this.changes.fire({ kind: 'models' });
  }

  /** Reads a model anew after a change of ours; one that is gone is taken away. What else fails changes nothing. */
  async refresh(name: string): Promise<void> {
    try {
      this.take(await this.registry.getRegisteredModel(name, never));
      this.changes.fire({ kind: 'versions', modelName: name });
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'notFound') {
        this.drop(name);
      } else if (!isAbortError(error) && !(error instanceof MlflowError)) {
        throw error;
      }
    }
  }

  /** Reads everything that is shown anew; what was there stays until it has come. */
  async reload(): Promise<void> {
    await Promise.all([
      this.models.reload(),
      ...[...this.extras.keys()].map((name) => this.refresh(name)),
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

  private get orderKey(): string {
    return `${this.options?.serverName ?? ''}|modelOrder`;
  }

  private take(model: RegisteredModel): void {
    if (this.models.get(model.name) !== undefined) {
      this.models.update([model]);
      return;
    }
    const isNew = !this.extras.has(model.name);
    this.extras.set(model.name, model);
    if (isNew) {
      this.changes.fire({ kind: 'models' });
    }
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
            filter: modelFilterFromText(this.searchText),
            orderBy: [orderBy[this.order]],
            maxResults: modelsPerPage,
            pageToken,
          },
          signal,
        ),
    });
  }
}
