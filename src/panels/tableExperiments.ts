import { MlflowError } from '../mlflow/errors';
import type { Experiment } from '../mlflow/model';
import { primaryMetric, tagValue } from '../mlflow/runFacts';
import { textHash } from '../mlflow/textHash';
import type { TableExperiment } from '../protocol/runsPage';
import type { Sessions } from '../state/sessions';
import { SessionStore } from '../state/sessionStore';

/** An experiment of a table; its name is what it was last known by. */
export interface TablePlace {
  /** Id of the session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly name: string;
}

/** What is known of the experiments of a table. */
export class TableExperiments {
  private readonly found = new Map<string, Experiment>();
  private finding: Promise<void> | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly given: readonly TablePlace[],
  ) {}

  /** With the names by which they are known now. */
  get places(): readonly TablePlace[] {
    return this.given.map((place) => ({ ...place, name: this.of(place)?.name ?? place.name }));
  }

  get all(): readonly TableExperiment[] {
    return this.places.map((place) => {
      const experiment = this.of(place);
      const metric = experiment && primaryMetric(experiment);
      return {
        key: experimentKey(place),
        experimentId: place.experimentId,
        name: place.name,
        connection: this.sessions.get(place.connection)?.name ?? place.connection,
        primaryMetric:
          experiment && metric !== undefined
            ? { key: metric, greaterIsBetter: greaterIsBetter(experiment) }
            : undefined,
      };
    });
  }

  /** Whether there are some that are not known although their connection works. */
  get canFindMore(): boolean {
    return this.missing.some(({ connection }) => {
      const session = this.sessions.get(connection);
      return session?.store !== undefined && session.health.failure === undefined;
    });
  }

  /** Looks up those that no list holds. Never rejects. */
  find(signal: AbortSignal): Promise<void> {
    this.finding ??= this.lookUp(signal).finally(() => (this.finding = undefined));
    return this.finding;
  }

  private async lookUp(signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.missing.map(async (place) => {
        try {
          const store = new SessionStore(this.sessions, place.connection);
          const { experimentId } = place;
          this.found.set(
            experimentKey(place),
            await store.ask((port) => port.getExperiment(experimentId, signal), signal),
          );
        } catch (error) {
          if (!(error instanceof MlflowError) && !(error instanceof Error)) {
            throw error;
          }
        }
      }),
    );
  }

  private get missing(): readonly TablePlace[] {
    return this.given.filter((place) => this.of(place) === undefined);
  }

  private of(place: TablePlace): Experiment | undefined {
    const { connection, experimentId } = place;
    const listed = this.sessions.get(connection)?.experiments?.experiment(experimentId);
    if (listed !== undefined) {
      // The list goes for a while when the window connects anew.
      this.found.set(experimentKey(place), listed);
    }
    return listed ?? this.found.get(experimentKey(place));
  }
}

/** Tells an experiment from those of other connections. */
export function experimentKey({
  connection,
  experimentId,
}: Pick<TablePlace, 'connection' | 'experimentId'>): string {
  return `${experimentId}.${textHash(connection).toString(36)}`;
}

/** As MLflow's own pages read the tag. */
function greaterIsBetter({ tags }: Experiment): boolean {
  return (
    tagValue(tags, 'mlflow.experiment.primaryMetric.greaterIsBetter')?.toLowerCase() !== 'false'
  );
}
