import type { HealthyRegistry } from './healthyRegistry';

/** What MLflow answers to something it understood and will not do. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What was changed about one experiment or run since the server started. */
export interface Change {
  name?: string;
  deleted?: boolean;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  status?: string;
}

/** A run that was made since the server started. */
export interface MadeRun {
  readonly id: string;
  readonly experimentId: string;
}

/** Every change that a healthy server was asked for; it forgets them when it ends. */
export class HealthyChanges {
  /** Names of the experiments that were created, in that order. */
  readonly created: string[] = [];
  /** Runs that were made, in that order. */
  readonly made: MadeRun[] = [];
  /** What was done to registered models is done to this. */
  registry: HealthyRegistry | undefined;
  private readonly experiments = new Map<string, Change>();
  private readonly runs = new Map<string, Change>();

  ofExperiment(id: string): Change | undefined {
    return this.experiments.get(id);
  }

  ofRun(id: string): Change | undefined {
    return this.runs.get(id);
  }

  /** Whether any run may be in another stage than at the start. */
  get anyRun(): boolean {
    return this.runs.size > 0;
  }

  toExperiment(id: string): Change {
    return entry(this.experiments, id);
  }

  toRun(id: string): Change {
    return entry(this.runs, id);
  }
}

function entry(changes: Map<string, Change>, id: string): Change {
  const known = changes.get(id) ?? {
    tags: new Map<string, string>(),
    params: new Map<string, string>(),
  };
  changes.set(id, known);
  return known;
}
