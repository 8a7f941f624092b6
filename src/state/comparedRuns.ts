import type { Run } from '../mlflow/model';
import { textHash } from '../mlflow/textHash';

/** A run by where it is. */
export interface ComparedPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly runId: string;
}

/** How far a run is known. */
export type ComparedStanding =
  | { readonly kind: 'loading' | 'ready' | 'gone' }
  /** It could not be read; what is known is from before. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** A run that is compared, as it was last read. */
export interface ComparedEntry {
  readonly key: string;
  readonly place: ComparedPlace;
  /** Absent before anything was read. */
  readonly run: Run | undefined;
  /** Absent while it is not known. */
  readonly experimentName: string | undefined;
  readonly standing: ComparedStanding;
  /** Milliseconds since 1970; absent before the server was asked. */
  readonly readAt: number | undefined;
}

/** The most runs that are compared at a time. */
export const mostCompared = 500;

/** Tells a run from those of other connections, too; the same for ever. */
export function keyOf({ connection, runId }: ComparedPlace): string {
  return `${runId}.${textHash(connection).toString(36)}`;
}

/** The first of each run, in their order. */
export function distinctPlaces(places: readonly ComparedPlace[]): readonly ComparedPlace[] {
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
