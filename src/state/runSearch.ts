import { allOf, childrenOf, runFilterFromText, startedAfter } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import { toOrderBy } from '../mlflow/runOrder';
import type { Page, RunQuery, TrackingStore, ViewType } from '../mlflow/trackingStore';
import { runsById } from './runsById';
import type { RunSelection } from './runSelection';

export interface RunSearchOptions {
  readonly store: TrackingStore;
  readonly experimentId: string;
  readonly selection: RunSelection;
  readonly lifecycle: Exclude<ViewType, 'all'>;
  readonly pageSize: number;
}

/** Asks for the runs of one experiment under one selection. */
export class RunSearch {
  private cutoff: string | undefined;

  constructor(private readonly options: RunSearchOptions) {}

  /** A page of the selection; "the last hour" counts from when the first page is asked for. */
  page(pageToken: string | undefined, signal: AbortSignal): Promise<Page<Run>> {
    const { createdWithin } = this.options.selection;
    if (pageToken === undefined && createdWithin !== undefined) {
      this.cutoff = startedAfter(Date.now() - createdWithin);
    }
    return this.search({ filter: this.filter(), pageToken }, signal);
  }

  /** A page of a run's children, as far as they are in the selection. */
  children(
    parentId: string,
    pageToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<Run>> {
    return this.search({ filter: allOf(childrenOf(parentId), this.filter()), pageToken }, signal);
  }

  /** Runs by their ids, whatever is selected; what does not exist in the experiment is left out. */
  byIds(ids: readonly string[], signal: AbortSignal): Promise<Map<string, Run>> {
    const { store, experimentId } = this.options;
    return runsById(store, experimentId, ids, 'all', signal);
  }

  private filter(): string | undefined {
    return allOf(runFilterFromText(this.options.selection.filter), this.cutoff);
  }

  private search(
    query: Pick<RunQuery, 'filter' | 'pageToken'>,
    signal: AbortSignal,
  ): Promise<Page<Run>> {
    const { store, experimentId, lifecycle, selection, pageSize } = this.options;
    return store.searchRuns(
      {
        ...query,
        experimentIds: [experimentId],
        view: lifecycle,
        orderBy: toOrderBy(selection.order),
        maxResults: pageSize,
      },
      signal,
    );
  }
}
