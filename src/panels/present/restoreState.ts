/** A run by where it is; `connection` is the id of its session. */
interface Place {
  readonly connection: string;
  readonly experimentId: string;
  readonly runId: string;
}

const version = 1;
const longestId = 2000;

/** What a page keeps, so that it can be restored: which runs it compares, and no more than that. */
export function toRestoreState(places: readonly Place[]): unknown {
  const connections = [...new Set(places.map(({ connection }) => connection))];
  return {
    version,
    connections,
    runs: places.map(({ connection, experimentId, runId }) => [
      connections.indexOf(connection),
      experimentId,
      runId,
    ]),
  };
}

/** The runs of a state as {@link toRestoreState} made it; `undefined` for any other, which is not repaired. */
export function fromRestoreState(state: unknown, mostRuns: number): readonly Place[] | undefined {
  if (!isRecord(state) || state['version'] !== version) {
    return undefined;
  }
  const { connections, runs } = state;
  if (!isList(connections) || !isList(runs) || runs.length > mostRuns) {
    return undefined;
  }
  const places = runs.map((run) => toPlace(run, connections));
  return places.every((place) => place !== undefined) ? places : undefined;
}

function toPlace(run: unknown, connections: readonly unknown[]): Place | undefined {
  if (!isList(run) || run.length !== 3 || typeof run[0] !== 'number') {
    return undefined;
  }
  const [index, experimentId, runId] = run;
  const connection = connections[index];
  return isId(connection) && isId(experimentId) && isId(runId)
    ? { connection, experimentId, runId }
    : undefined;
}

/** Whether this may be an id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longestId;
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
