/** A parameter as an MLproject declares it. */
export interface ProjectParameter {
  readonly name: string;
  /** As it is written: MLflow acts on `path` and `uri` alone. */
  readonly type: string;
  /** As MLflow would hand it over; without one, a value has to be given. */
  readonly defaultText: string | undefined;
}

export interface ProjectEntryPoint {
  readonly name: string;
  readonly parameters: readonly ProjectParameter[];
  /** Why MLflow would refuse it, or crash on it, whatever values it is given; one sentence. */
  readonly problem: string | undefined;
}

/** What an MLproject file says. */
export interface ProjectText {
  /** Why MLflow cannot read it as YAML, in its words. */
  readonly problem: string | undefined;
  readonly entryPoints: readonly ProjectEntryPoint[];
}
