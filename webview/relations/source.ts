/** A run that charts of relations draw. */
export interface RelatedRun {
  /** Tells the run from the others of the page. */
  readonly key: string;
  readonly runId: string;
  readonly name: string;
  /** Which of the contributed run colors it has, from 0. */
  readonly color: number;
}

/** Where charts read what runs have; it is the same object as long as nothing of it has changed. */
export interface RelationSource {
  readonly runs: readonly RelatedRun[];
  /** Keys that any of the runs has a value of. */
  readonly paramKeys: readonly string[];
  readonly metricKeys: readonly string[];
  /** Reads a param of the runs by their places: the whole text. */
  readonly param: (key: string) => (run: number) => string | undefined;
  /** Reads a metric of the runs by their places. */
  readonly metric: (key: string) => (run: number) => number | undefined;
}

/** The same with some of the runs only, of which there are `most` at most. */
export function narrowed(
  source: RelationSource,
  isIn: (run: RelatedRun) => boolean,
  most = Infinity,
): RelationSource {
  const places: number[] = [];
  for (let at = 0; at < source.runs.length && places.length < most; at++) {
    const run = source.runs[at];
    if (run && isIn(run)) places.push(at);
  }
  if (places.length === source.runs.length) return source;
  const at =
    <T>(read: (run: number) => T) =>
    (run: number): T =>
      read(places[run] ?? -1);
  return {
    ...source,
    runs: places.flatMap((place) => source.runs[place] ?? []),
    param: (key) => at(source.param(key)),
    metric: (key) => at(source.metric(key)),
  };
}
