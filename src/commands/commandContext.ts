import type { Experiment } from '../mlflow/model';
import type { FilterMistake } from '../mlflow/filterMistake';
import type { ModelThing, VersionThing } from '../mlflow/registry/modelThing';
import type { SignIn, SignInServer } from '../mlflow/signIn';
import type { ListKey, Target } from '../mlflow/target';
import type { Thing } from '../mlflow/thing';
import type { ServerInfo } from '../mlflow/trackingStore';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import type { TableQuery } from '../state/tableQuery';
import type { ConnectionActions } from './connectionActions';

/** What commands may do with the sidebar. */
export interface SidebarActions {
  /** What is selected in the Experiments view. */
  selection(): readonly Target[];
  /** What a key pressed in the Experiments view is about. */
  keyed(): Promise<readonly Target[]>;
  /** What is selected in the Models view. */
  modelSelection(): readonly Target[];
  /** Shows a registered model, or one of its versions, which the state knows, in the Models view. */
  revealModel(session: Session, name: string, version?: string): Promise<void>;
  loadMore(session: Session, of: ListKey): Promise<void>;
  revealRun(session: Session, experimentId: string, runId: string): Promise<void>;
  revealExperiment(session: Session, experimentId: string): Promise<void>;
  /** Selects the row of one of several connections, where the view is seen. */
  revealConnection(session: Session): Promise<void>;
}

/** What commands may do about who is signed in where. */
export interface SignInActions {
  /** The server of a connection, or the one of this origin beside it, once it was tried. */
  serverOf(connection: string, origin?: string): SignInServer | undefined;
  /** Asks the server with a sign-in, or with what is saved for it; rejects when it is refused. */
  tryOut(
    connection: string,
    origin: string,
    signIn: SignIn | undefined,
    signal: AbortSignal,
  ): Promise<void>;
  /** Saves a sign-in, if one is given, and lets the server have what is saved from now on. */
  keep(origin: string, signIn: SignIn | undefined, connection?: string): Promise<void>;
  /** Resolves to whether anything was saved. */
  forget(origin: string): Promise<boolean>;
}

/** What commands may do with descriptions of runs and experiments. */
export interface NoteActions {
  /** Opens the description in an editor; rejects when it cannot be read. */
  open(session: Session, thing: Thing | ModelThing | VersionThing): Promise<void>;
}

/** A run by where it is. */
export interface RunPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly runId: string;
}

/** What commands may do with pages that compare runs. */
export interface CompareActions {
  /** Shows these runs side by side; rejects when they are too many. */
  compare(runs: readonly RunPlace[]): Promise<void>;
  /** Lets a person choose runs of an experiment, `chosen` at first, and shows these side by side. */
  chooseAndCompare(
    session: Session,
    experiment: Experiment,
    chosen: readonly RunPlace[],
  ): Promise<void>;
}

/** What commands may do with pages of single runs. */
export interface RunPageActions {
  /** Shows a run in a page of its own: in the one that does so already, else in a new one. */
  openRun(run: RunPlace): void;
}

/** An experiment by where it is, with the name that it is known by. */
export interface ExperimentPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly name: string;
}

/** What commands may do with pages that show runs in tables. */
export interface TableActions {
  /** Shows all runs of these experiments in one table. */
  show(experiments: readonly ExperimentPlace[]): void;
  /** Asks where to and writes all runs that the query finds; rejects when they cannot be read or written. */
  exportRuns(experiments: readonly ExperimentPlace[], query: TableQuery): Promise<unknown>;
}

/** A version of a registered model by where it is. */
export interface VersionPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly name: string;
  readonly version: string;
}

/** What commands may do with pages of versions of registered models. */
export interface VersionPageActions {
  /** Shows a version in a page of its own: in the one that does so already, else in a new one. */
  openVersion(version: VersionPlace): void;
}

/** What commands may do with pages that compare versions. */
export interface CompareVersionsActions {
  /** Shows these versions side by side; throws when they are too many. */
  compare(versions: readonly VersionPlace[]): void;
}

/** What commands may do with pages, by their kind. */
export interface PageActions {
  readonly compared: CompareActions;
  readonly runs: TableActions;
  readonly run: RunPageActions;
  readonly version: VersionPageActions;
  readonly versions: CompareVersionsActions;
}

/** What every command gets. */
export interface CommandContext {
  readonly sessions: Sessions;
  readonly sidebar: SidebarActions;
  readonly signIns: SignInActions;
  readonly connections: ConnectionActions;
  readonly notes: NoteActions;
  /** Loaded when first used. */
  pages(): Promise<PageActions>;
  /** What is surely wrong with a filter of runs, found without asking the server. */
  filterMistake(typed: string, server: ServerInfo): Promise<FilterMistake | undefined>;
  showLog(): void;
}

/** A command's work; `targets` are the rows it was called on, none from the palette. */
export type CommandHandler = (
  context: CommandContext,
  targets: readonly Target[],
) => Promise<void> | void;
