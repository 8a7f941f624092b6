import type * as vscode from 'vscode';

import type { ArtifactAddress } from '../mlflow/artifactAddress';
import type { Experiment } from '../mlflow/model';
import type { FilterMistake } from '../mlflow/filterMistake';
import type { ModelThing, VersionThing } from '../mlflow/registry/modelThing';
import type { SignIn, SignInServer } from '../mlflow/signIn';
import type { ListKey, Target } from '../mlflow/target';
import type { Thing } from '../mlflow/thing';
import type { ServerInfo } from '../mlflow/trackingStore';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { WantedUpload } from '../mlflow/wantedUpload';
import type { Launches } from '../state/launches';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import type { TableQuery } from '../state/tableQuery';
import type { ConnectionActions } from './connectionActions';

/** What commands may do with the sidebar. */
export interface SidebarActions {
  /** What is selected in the Experiments view. */
  selection(): readonly Target[];
  /** What a key pressed in a view is about. */
  keyed(of: 'experiments' | 'models'): Promise<readonly Target[]>;
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

/** What commands may do with pages of logged images. */
export interface ImagesActions {
  /** Shows the images that these runs logged; throws when the runs are too many. */
  showImages(runs: readonly RunPlace[]): void;
}

/** What commands may do with pages that compare pictures. */
export interface PicturesActions {
  /** Shows pictures side by side, most often the same path of several runs; throws when they are too many. */
  compare(pictures: readonly ArtifactAddress[]): void;
}

/** What commands may do with pages that compare tables. */
export interface TablesActions {
  /** Shows how two tables differ, row by row. */
  compare(first: ArtifactAddress, second: ArtifactAddress): void;
}

/** What commands may do with pages of registered models, by their kind. */
export interface RegistryPageActions {
  readonly version: VersionPageActions;
  readonly versions: CompareVersionsActions;
}

/** What commands may do with pages, by their kind. */
export interface PageActions {
  readonly compared: CompareActions;
  readonly runs: TableActions;
  readonly run: RunPageActions;
  readonly images: ImagesActions;
  readonly pictures: PicturesActions;
  readonly tables: TablesActions;
  /** Those of registered models, which are read when the first of them is wanted. */
  registry(): Promise<RegistryPageActions>;
}

/** What commands may do with files of this machine and artifacts. */
export interface DownloadActions {
  /** Asks where to, downloads, and tells what became of it; rejects where nothing can be begun. */
  download(wanted: readonly WantedArtifact[]): Promise<void>;
  /** Asks about what is there already, uploads, and tells what became of it; rejects where nothing can be begun. */
  upload(wanted: WantedUpload): Promise<void>;
  /** Copies the event files below a folder, and shows them in TensorBoard. */
  openTensorBoard(folder: WantedArtifact): Promise<void>;
}

/** What commands may do with what is launched from here. */
export interface LaunchActions {
  /** Asks what is to be run and how, and starts it; rejects where it cannot be started. */
  runEntryPoint(file: vscode.Uri | undefined, entryPoint: string | undefined): Promise<void>;
  /** Starts what runs came from with the parameters that they had, once a person has agreed to code that a server names. */
  runAgain(runs: readonly RunPlace[]): Promise<void>;
  /** Resolves once it has ended. */
  stop(launch: string): Promise<void>;
  /** Shows the terminal; throws where it is gone. */
  show(launch: string): void;
  retry(launch: string): Promise<void>;
  /** Takes it from the list; throws while it runs. */
  remove(launch: string): void;
}

/** What becomes of a file that is about to be opened. */
export type PreparedArtifact =
  { readonly kind: 'ready' } | { readonly kind: 'tooLarge'; readonly size: number | undefined };

/** Told how many bytes came, of how many where that is known. */
export type OnBytes = (received: number, size: number | undefined) => void;

/** What commands may do with artifacts as files of the editor. */
export interface ArtifactActions {
  /** Reads a file that is about to be opened, unless it is too large; rejects as the store does. */
  prepare(
    address: ArtifactAddress,
    onBytes: OnBytes,
    signal: AbortSignal,
  ): Promise<PreparedArtifact>;
  /** Copies a file to a temporary folder, for a program outside; resolves to its path. */
  copyForViewing(address: ArtifactAddress, onBytes: OnBytes, signal: AbortSignal): Promise<string>;
}

/** What commands may do with sweeps; rows or files say which are meant, and where none does a person is asked. */
export interface SweepActions {
  /** Asks what is to be run and how, and begins it. */
  launchSweep(files: readonly vscode.Uri[]): Promise<void>;
  /** Resolves once nothing of it runs any more. */
  stopSweep(targets: readonly Target[]): Promise<void>;
  resumeSweep(targets: readonly Target[]): Promise<void>;
  retryFailedRuns(targets: readonly Target[]): Promise<void>;
  /** Shows the terminal of a run; throws where it is gone. */
  show(launch: string): void;
}

/** What every command gets. */
export interface CommandContext {
  readonly sessions: Sessions;
  readonly sidebar: SidebarActions;
  readonly signIns: SignInActions;
  readonly connections: ConnectionActions;
  readonly notes: NoteActions;
  readonly artifacts: ArtifactActions;
  /** Loaded when first used. */
  pages(): Promise<PageActions>;
  /** What was launched in this window. */
  readonly launches: Launches;
  /** Loaded when first used. */
  launching(): Promise<LaunchActions>;
  /** Loaded when first used. */
  sweeping(): Promise<SweepActions>;
  /** Loaded when first used. */
  downloads(): Promise<DownloadActions>;
  /** What is surely wrong with a filter of runs, found without asking the server. */
  filterMistake(typed: string, server: ServerInfo): Promise<FilterMistake | undefined>;
  showLog(): void;
}

/**
 * A command's work; `targets` are the rows it was called on, `resources` the files and documents, and `word` what a code lens
 * says besides; none from the palette.
 */
export type CommandHandler = (
  context: CommandContext,
  targets: readonly Target[],
  resources?: readonly vscode.Uri[],
  word?: string,
) => Promise<void> | void;
