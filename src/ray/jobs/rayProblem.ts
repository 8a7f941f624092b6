/** Why something cannot be run on Ray; what the detail says stands beside each. */
export type RayProblemKind =
  /** The configuration is no JSON: what is wrong. */
  | 'noJson'
  /** The configuration has a key that means nothing: the key. */
  | 'unknownKey'
  /** A key has a value of another kind: the key, and what it has to be. */
  | 'wrongValue'
  /** The address is none of http or https: the address. */
  | 'address'
  /** MLflow's store is where the cluster cannot see it: the tracking URI. */
  | 'storeHere'
  /** No tracking server is known. */
  | 'noServer'
  /** The project is outside of the working directory: that directory. */
  | 'outside'
  /** A project of a folder is needed, or a working directory that is there: the folder. */
  | 'noFolder'
  /** The zipped working directory is too large: its largest parts. */
  | 'tooLarge'
  /** The command is longer than a shell takes: how many KB it has. */
  | 'tooLong'
  /** Nothing answers: what went wrong. */
  | 'unreachable'
  /** The cluster wants a token, or another one. */
  | 'unauthorized'
  /** What answers is no cluster that takes jobs: what it said. */
  | 'noCluster'
  /** The cluster refused: what it said. */
  | 'rejected';

/** Something cannot be run on Ray. The editor's side says it in a sentence. */
export class RayProblem extends Error {
  override readonly name = 'RayProblem';

  constructor(
    readonly kind: RayProblemKind,
    readonly detail: string = '',
    /** Of the cluster, where that is known. */
    readonly address: string = '',
  ) {
    super(`${kind}${detail && `: ${detail}`}`);
  }
}
