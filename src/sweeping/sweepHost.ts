import { userInfo } from 'node:os';

import * as vscode from 'vscode';

import { ConnectionGone } from '../mlflow/connectionGone';
import { findMlflow } from '../host/pythonEnvironment';
import { parseTrackingUri } from '../mlflow/trackingUri';
import type { ClientVariables } from '../mlflow/clientVariables';
import { workspaceFolder } from '../launching/entryPoints';
import type { LaunchingHost } from '../launching/launchingHost';
import type { Launched, LaunchTitle, ProjectCommand } from '../projects/launchContracts';
import type { SweepHost } from '../projects/sweepContracts';
import { SaidError } from '../host/explainError';
import type { Session } from '../state/session';
import { liveStore } from './liveStore';
import type { SweepingHost } from './sweepingHost';

/** What carries out the sweeps of a window. */
export interface SweepPlace {
  readonly host: SweepingHost;
  /** Unique for the window. */
  readonly claimant: string;
}

export type Start = (command: ProjectCommand, about: LaunchTitle) => Promise<Launched>;

/** What the engine needs of this window for a sweep of a session. `around` hears of every start. */
export async function sweepHostFor(
  { host, claimant }: SweepPlace,
  session: Session,
  folder: string | undefined,
  around: (start: Start) => Start,
): Promise<SweepHost> {
  const { sessions, log } = host;
  const { store } = session;
  const variables = new LastVariables(session.id, host);
  const fileStoreFolder = folderOf(await variables.get());
  if (store === undefined) {
    throw new ConnectionGone(session.name);
  }
  const python = once(() => findMlflow(new AbortController().signal));
  const start: Start = async (command, about) =>
    host.start(command, about, {
      variables: await variables.get(),
      folder: folder ?? workspaceFolder(),
      python: python(),
    });
  return {
    store: liveStore(sessions, session, store),
    ...{ fileStoreFolder, claimant, log, python },
    start: around(start),
    endLost: host.endLost,
    user: userInfo().username,
  };
}

/** How MLflow's client reaches a session; while the window is connected to something else, as it was last reached. */
class LastVariables {
  private last: ClientVariables | undefined;

  constructor(
    private readonly session: string,
    private readonly host: LaunchingHost,
  ) {}

  async get(): Promise<ClientVariables> {
    this.last = (await this.host.clientVariables(this.session)) ?? this.last;
    if (this.last === undefined) {
      throw new SaidError(
        vscode.l10n.t(
          'This window is not connected to {0}. Switch to it, then try again.',
          this.session,
        ),
      );
    }
    return this.last;
  }
}

/** The folder of a store of files that the client writes itself. */
function folderOf({ set }: ClientVariables): string | undefined {
  const uri = parseTrackingUri(set['MLFLOW_TRACKING_URI'] ?? '');
  return uri.kind === 'files' ? uri.path : undefined;
}

/** All runs of a sweep have the same Python; one that was not found may be there the next time. */
function once(find: () => Promise<string>): () => Promise<string> {
  let found: Promise<string> | undefined;
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}
