import { isId, isList, isRecord } from './restoreState';

/** An experiment of a table; its name is what it was last known by. */
interface TablePlace {
  /** Id of the session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly name: string;
}

const version = 1;
const mostExperiments = 1000;

/** What a page keeps, so that it can be restored: which experiments it shows. */
export function toTableState(places: readonly TablePlace[]): unknown {
  const connections = [...new Set(places.map(({ connection }) => connection))];
  return {
    version,
    connections,
    experiments: places.map(({ connection, experimentId, name }) => [
      connections.indexOf(connection),
      experimentId,
      name,
    ]),
  };
}

/** The experiments of a state as {@link toTableState} made it; `undefined` for any other, which is not repaired. */
export function fromTableState(state: unknown): readonly TablePlace[] | undefined {
  if (!isRecord(state) || state['version'] !== version) {
    return undefined;
  }
  const { connections, experiments } = state;
  if (
    !isList(connections) ||
    !isList(experiments) ||
    experiments.length === 0 ||
    experiments.length > mostExperiments
  ) {
    return undefined;
  }
  const places = experiments.map((experiment) => toPlace(experiment, connections));
  return places.every((place) => place !== undefined) ? places : undefined;
}

function toPlace(experiment: unknown, connections: readonly unknown[]): TablePlace | undefined {
  if (!isList(experiment) || experiment.length !== 3 || typeof experiment[0] !== 'number') {
    return undefined;
  }
  const [index, experimentId, name] = experiment;
  const connection = connections[index];
  return isId(connection) && isId(experimentId) && typeof name === 'string'
    ? { connection, experimentId, name }
    : undefined;
}
