import { MlflowError } from '../mlflow/errors';
import { childrenOf } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { hasEnded, type SeenChild, type SeenClaim } from './schedule/seenSweep';
import { readChild, readClaims, readHeartbeats, stateTag, tagOf } from './sweepTags';

const perPage = 200;

/** A sweep as the tracking server has it, read again and again. */
export class SweepView {
  claims: readonly SeenClaim[] = [];
  heartbeats: ReadonlyMap<string, string> = new Map();
  state: string | undefined;
  private known = new Map<string, SeenChild>();

  constructor(
    private readonly store: TrackingStore,
    private readonly parent: Run,
    private readonly metric: string | undefined,
  ) {}

  get children(): Iterable<SeenChild> {
    return this.known.values();
  }

  child(runId: string): SeenChild | undefined {
    return this.known.get(runId);
  }

  /** Reads the parent, and of the children what may have changed; all of them where `isWhole`. */
  async look(isWhole: boolean, signal: AbortSignal): Promise<void> {
    const seen = new Map(isWhole ? [] : this.known);
    const goingOn = new Set(
      [...seen.values()].filter((child) => !hasEnded(child)).map(({ runId }) => runId),
    );
    let pageToken: string | undefined;
    do {
      const page = await this.store.searchRuns(this.query(pageToken), signal);
      let hasNews = isWhole;
      for (const run of page.items) {
        const child = readChild(run, this.metric);
        if (child === undefined) continue;
        hasNews ||= !seen.has(run.id);
        goingOn.delete(run.id);
        seen.set(run.id, child);
      }
      pageToken = hasNews ? page.nextPageToken : undefined;
    } while (pageToken !== undefined);
    for (const runId of goingOn) {
      const child = await this.readOne(runId, signal);
      if (child === undefined) seen.delete(runId);
      else seen.set(runId, child);
    }
    this.known = seen;
    // After the children: nobody's child is seen without its claim.
    const parent = await this.store.getRun(this.parent.id, signal);
    if (parent.lifecycleStage === 'deleted') throw new MlflowError('notFound', 'missing');
    this.claims = readClaims(parent);
    this.heartbeats = readHeartbeats(parent);
    this.state = tagOf(parent, stateTag);
  }

  /** Undefined where it was deleted. */
  private async readOne(runId: string, signal: AbortSignal): Promise<SeenChild | undefined> {
    try {
      const run = await this.store.getRun(runId, signal);
      return run.lifecycleStage === 'deleted' ? undefined : readChild(run, this.metric);
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'notFound') return undefined;
      throw error;
    }
  }

  /** Takes over what we did to a child ourselves, before the next look. */
  note(child: SeenChild): void {
    this.known.set(child.runId, child);
  }

  private query(pageToken: string | undefined): Parameters<TrackingStore['searchRuns']>[0] {
    return {
      experimentIds: [this.parent.experimentId],
      filter: childrenOf(this.parent.id),
      orderBy: ['attributes.start_time DESC'],
      view: 'active',
      maxResults: perPage,
      pageToken,
    };
  }
}
