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
