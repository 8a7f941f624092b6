/**
 * What passes between the language server and its client beside LSP itself. Other editors leave all of it out: the server
 * then has the settings below as they are, looks at the disk itself, and speaks English.
 */
export interface LanguageInitialization {
  readonly settings?: Partial<LanguageSettings>;
  /** Texts by their English originals, as `vscode.l10n.bundle` has them. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The client answers {@link fileRequests}, and reports changes of what it was asked about. */
  readonly answersAboutFiles?: boolean;
}

export interface LanguageSettings {
  /** Glob of files that are sweep files whatever their shape; empty for none. */
  readonly sweepFiles: string;
  /** A sweep of more runs gets a warning. */
  readonly sweepRuns: number;
  /** Commands that the client runs when a lens is clicked; other lenses are left out. */
  readonly lensCommands: readonly string[];
  /** Another extension reports syntax errors in files whose language is `yaml`. */
  readonly yamlIsChecked: boolean;
  /** An address that opens a run, up to the run's id; empty where there is none. */
  readonly runLinks: string;
}

export const usualLanguageSettings: LanguageSettings = {
  sweepFiles: '',
  sweepRuns: 500,
  lensCommands: [],
  yamlIsChecked: false,
  runLinks: '',
};

/** Questions of the server about files, by URI. */
export const fileRequests = {
  /** URI → {@link FileKind}. */
  kind: 'mlflow/fileKind',
  /** URI → text, or null where there is none or it is larger than {@link largestFile}. */
  read: 'mlflow/readFile',
  /** URI of a folder → {@link FolderEntry}[]; empty where there is none. */
  list: 'mlflow/listFolder',
} as const;

/** `unknown`: nobody can tell, as of what an unsaved document names; nothing is held against such a file. */
export type FileKind = 'file' | 'folder' | 'missing' | 'unknown';

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Bytes of a file that the server reads beside the open ones. */
export const largestFile = 1_000_000;

/** Entries of a folder that the server looks at. */
export const largestFolder = 5_000;

export const languageNotices = {
  /** Client → server: URIs that appeared, changed or vanished, of which it was asked before. */
  filesChanged: 'mlflow/filesChanged',
  /** Client → server: {@link LanguageSettings} as they are now. */
  settingsChanged: 'mlflow/settingsChanged',
} as const;
