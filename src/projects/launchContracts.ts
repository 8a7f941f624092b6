/** A parameter and the text that it is given: byte for byte what the child process gets. */
export type NamedText = readonly [name: string, text: string];

/** What is run. */
export type LaunchProgram =
  | {
      readonly kind: 'project';
      /** An absolute folder or a Git URI, with `#folder` behind it where the project is not at the root. */
      readonly uri: string;
      /** Branch, tag or commit; of Git URIs only. */
      readonly version: string | undefined;
      readonly entryPoint: string;
    }
  /** A Python script without an MLproject, which is given `--name value`. */
  | { readonly kind: 'script'; readonly file: string; readonly folder: string };

export type EnvironmentManager = 'local' | 'virtualenv' | 'uv' | 'conda';

/** A backend of `mlflow run`; without one it is MLflow's own, `local`. */
export interface LaunchBackend {
  readonly name: string;
  /** Absolute path of a JSON file, or JSON text: `--backend-config` takes both. */
  readonly configFile: string | undefined;
}

/** What a person, or a sweep, wants to be run. */
export interface ProjectCommand {
  readonly program: LaunchProgram;
  readonly parameters: readonly NamedText[];
  readonly experimentId: string;
  /** A run that is there already: MLflow then logs no params, no source and no git tags for it. */
  readonly runId: string | undefined;
  readonly environmentManager: EnvironmentManager;
  readonly backend: LaunchBackend | undefined;
  /** More arguments for `mlflow run`, or for the script. */
  readonly extraArguments: readonly string[];
  /** More variables; none of them is ever logged or written down. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A process to start, without a shell. */
export interface CommandLine {
  readonly program: string;
  readonly args: readonly string[];
  /** What is added to the environment that the process has anyway. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of variables that the process must not see, though the editor's environment may have them. */
  readonly without?: readonly string[];
  /** Absolute. */
  readonly cwd: string;
}

export interface LaunchTitle {
  /** Unique in this window. */
  readonly id: string;
  /** E.g. `mlflow run: iris`. */
  readonly title: string;
  /** Launches of one group share a row of terminals. */
  readonly groupId: string | undefined;
  readonly closeAfterSuccess: boolean;
}

/** A process that was started. */
export interface Launched {
  readonly id: string;
  /** Never rejects. Without a code when it was ended by a signal, or nobody can tell. */
  readonly ended: Promise<LaunchEnd>;
  /**
   * Ends it and all it has started: SIGINT to MLflow first, then harder. Resolves once it has ended; a second call ends
   * it harder at once.
   */
  interrupt(): Promise<void>;
  show(): void;
}

export interface LaunchEnd {
  readonly code: number | undefined;
  /** Whether somebody ended it: by asking for it, or by closing its terminal. */
  readonly wasAsked?: boolean;
  /** Whether it was given up though it may go on where it runs: its run is not to be ended for it. */
  readonly isLost?: true;
}

/** Starts processes where a person can see them. */
export interface Launcher {
  /** Rejects where nothing could be started, e.g. in Restricted Mode. */
  launch(line: CommandLine, about: LaunchTitle): Promise<Launched>;
}
