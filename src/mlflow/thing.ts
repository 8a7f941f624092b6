import { toOneLine } from './format';

/** What names a run to its server, and to people. */
export interface RunThing {
  readonly kind: 'run';
  readonly experimentId: string;
  readonly id: string;
  readonly name: string;
}

/** What names an experiment to its server, and to people. */
export interface ExperimentThing {
  readonly kind: 'experiment';
  readonly id: string;
  readonly name: string;
}

/** What can be changed, deleted and restored. */
export type Thing = RunThing | ExperimentThing;

const longestShortName = 80;

/** The name of a thing as it fits into a sentence. */
export function shortName({ name, id }: Thing): string {
  return toOneLine(name, longestShortName) || id;
}

/** Things without the runs that go and come with an experiment among them. */
export function withoutCovered(things: readonly Thing[]): readonly Thing[] {
  const experiments = new Set(things.flatMap(({ kind, id }) => (kind === 'experiment' ? id : [])));
  return things.filter((thing) => thing.kind !== 'run' || !experiments.has(thing.experimentId));
}
