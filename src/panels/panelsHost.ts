import type * as vscode from 'vscode';

import type { Log } from '../base/log';
import type { FilterMistake } from '../mlflow/filterMistake';
import type { ServerInfo } from '../mlflow/trackingStore';
import type { Memory } from '../state/memory';
import type { RunColors } from '../state/runColors';
import type { Sessions } from '../state/sessions';

/** What panels get from the extension, which loads them late. */
export interface PanelsHost {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly colors: RunColors;
  /** Of the workspace. */
  readonly memory: Memory;
  readonly log: Log;
  /** One sentence in the language of the editor. */
  readonly explain: (error: unknown) => string;
  /** Shows a run in the Experiments view; tells the person what fails. */
  readonly reveal: (connection: string, runId: string) => void;
  /** What is surely wrong with a filter of runs, found without asking the server. */
  readonly filterMistake: (typed: string, server: ServerInfo) => Promise<FilterMistake | undefined>;
}
