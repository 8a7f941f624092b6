import type { Direction } from '../kit/direction';
import { fieldsOf, flagOf, isShortText, searchOf } from '../kit/fields';

const mostEntries = 2000;

/** Reads which way is better, by metric, as {@link writeDirections} wrote it; what is wrong is left out. */
export function readDirections(value: unknown): ReadonlyMap<string, Direction> {
  const entries = Array.isArray(value) ? (value as unknown[]).slice(0, mostEntries) : [];
  const directions = new Map<string, Direction>();
  for (const entry of entries) {
    const [metric, direction] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isKnown = direction === 'lower' || direction === 'higher' || direction === 'none';
    if (typeof metric === 'string' && isKnown) directions.set(metric, direction);
  }
  return directions;
}

/** As JSON of bounded size: keys beyond measure are not remembered. */
export function writeDirections(directions: ReadonlyMap<string, Direction>): unknown {
  return [...directions].filter(([metric]) => isShortText(metric)).slice(0, mostEntries);
}

/** Of each table whether only differences are shown, which they are at first. */
export function readOnlyDifferences<T extends string>(
  value: unknown,
  tables: readonly T[],
): Readonly<Record<T, boolean>> {
  const fields = fieldsOf(value);
  return Object.fromEntries(tables.map((name) => [name, flagOf(fields[name], true)])) as Record<
    T,
    boolean
  >;
}

/** Of each table what its rows are searched for. */
export function readTableFilters<T extends string>(
  value: unknown,
  tables: readonly T[],
): Readonly<Partial<Record<T, string>>> {
  const fields = fieldsOf(value);
  return Object.fromEntries(tables.map((name) => [name, searchOf(fields[name])])) as Record<
    T,
    string
  >;
}
