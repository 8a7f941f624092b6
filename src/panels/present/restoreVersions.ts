import { isId, isList, isRecord } from './restoreState';

/** A version by where it is; `connection` is the id of its session. */
interface Place {
  readonly connection: string;
  readonly name: string;
  readonly version: string;
}

const version = 1;

/** What a page keeps, so that it can be restored: which versions of registered models it shows. */
export function toVersionsState(places: readonly Place[]): unknown {
  const connections = [...new Set(places.map(({ connection }) => connection))];
  return {
    version,
    connections,
    versions: places.map((place) => [
      connections.indexOf(place.connection),
      place.name,
      place.version,
    ]),
  };
}

/** The versions of a state as {@link toVersionsState} made it; `undefined` for any other, which is not repaired. */
export function fromVersionsState(state: unknown, most: number): readonly Place[] | undefined {
  if (!isRecord(state) || state['version'] !== version) {
    return undefined;
  }
  const { connections, versions } = state;
  if (!isList(connections) || !isList(versions) || versions.length > most) {
    return undefined;
  }
  const places = versions.map((one) => toPlace(one, connections));
  return places.every((place) => place !== undefined) ? places : undefined;
}

function toPlace(one: unknown, connections: readonly unknown[]): Place | undefined {
  if (!isList(one) || one.length !== 3 || typeof one[0] !== 'number') {
    return undefined;
  }
  const [index, name, number] = one;
  const connection = connections[index];
  return isId(connection) && isId(name) && isId(number)
    ? { connection, name, version: number }
    : undefined;
}
