import type { ListKey, Target } from '../mlflow/target';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';

/** What commands may do with the sidebar. */
export interface SidebarActions {
  /** What is selected in the Experiments view. */
  selection(): readonly Target[];
  loadMore(session: Session, of: ListKey): Promise<void>;
  revealRun(session: Session, experimentId: string, runId: string): Promise<void>;
  revealExperiment(session: Session, experimentId: string): Promise<void>;
}

/** What every command gets. */
export interface CommandContext {
  readonly sessions: Sessions;
  readonly sidebar: SidebarActions;
  showLog(): void;
}

/** A command's work; `targets` are the rows it was called on, none from the palette. */
export type CommandHandler = (
  context: CommandContext,
  targets: readonly Target[],
) => Promise<void> | void;
