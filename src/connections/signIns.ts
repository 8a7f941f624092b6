import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import type { Log } from '../base/log';
import type { Secrets } from '../host/secrets';
import { clientVariables, type ClientVariables } from '../mlflow/clientVariables';
import { MlflowError } from '../mlflow/errors';
import { namedBy } from '../mlflow/found';
import { originOf, withoutUserInfo, type SignIn, type SignInServer } from '../mlflow/signIn';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Transport } from '../mlflow/transport';
import type { Approvals } from './approvals';
import type { Reach } from './connector';
import { connectionId, type ResolvedUri } from './findConnections';
import { transportFor, type ChosenTransport, type TransportSources } from './transportFor';

export interface SignInsOptions {
  readonly secrets: Pick<Secrets, 'get' | 'set' | 'delete' | 'onDidChange'>;
  readonly approvals: Approvals;
  /** What the editor and the machine say, for a folder. */
  sources(folder: string | undefined): Promise<Omit<TransportSources, 'stored' | 'isApproved'>>;
  openStore(uri: string, transport: Transport): TrackingStore;
  /** Makes a `TransportProblem` the failure that a connection ends with. */
  explained(error: unknown, origin: string | undefined): unknown;
  readonly log: Log;
}

interface Seen extends SignInServer {
  readonly resolved: ResolvedUri;
}

/** Who is signed in to which server: what is stored, what is approved, and what is sent. */
export class SignIns implements Disposable {
  private readonly changes = new EventSource<string>();
  private readonly seen = new Map<string, Seen>();
  /** What this window stored last, so that its own news is not taken for another window's. */
  private readonly stored = new Map<string, string>();
  private readonly following: Disposable;

  /** Another sign-in is sent to this origin from now on, or none. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly options: SignInsOptions) {
    this.following = options.secrets.onDidChange((origin) => void this.noteChange(origin));
  }

  /** How to speak to a server; rejects with an `MlflowError` where the settings cannot be met. */
  async reach(server: ResolvedUri): Promise<Reach> {
    const chosen = await this.choose(server, {});
    chosen.warnings.forEach((warning) => this.options.log.warn(warning));
    const { transport, account, insecure, withheld } = chosen;
    const origin = originOf(server.uri.uri);
    if (origin !== undefined) {
      this.seen.set(connectionId(server), { origin, account, withheld, resolved: server });
    }
    return { transport, access: { account, insecure, withheld } };
  }

  /**
   * How MLflow's own client is to reach a connection. Rejects, saying what to do, where a sign-in of the person's own is kept back:
   * the client would find it by itself.
   */
  async clientVariables(
    tracking: ResolvedUri,
    registry: ResolvedUri | undefined,
  ): Promise<ClientVariables> {
    const isServer = tracking.uri.kind === 'http';
    const chosen = isServer ? await this.choose(tracking, {}) : undefined;
    if (chosen?.withheld) {
      throw new MlflowError('unauthorized', 'unapproved', {
        origin: originOf(tracking.uri.uri) ?? '',
      });
    }
    return clientVariables({
      tracking: tracking.uri,
      registry: registry?.uri,
      transport: chosen?.transport ?? {},
      signIn: chosen?.signIn,
      files: chosen?.files ?? {},
    });
  }

  /** The server behind a connection, or the one of this origin beside it; once it was reached. */
  serverOf(connection: string, origin = originOf(connection)): SignInServer | undefined {
    return this.find(connection, origin);
  }

  /**
   * Asks the server for something that needs a sign-in, with the given one, or with whatever
   * would be sent once the server is approved. Rejects with what went wrong; nothing is stored.
   */
  async tryOut(
    connection: string,
    origin: string,
    signIn: SignIn | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const server = this.find(connection, origin)?.resolved;
    if (server === undefined) {
      throw new Error(`${origin} was not reached before`);
    }
    const stored = signIn && ((): Promise<SignIn> => Promise.resolve(signIn));
    const { transport } = await this.choose(server, { isApproved: () => true, stored });
    const store = this.options.openStore(withoutUserInfo(server.uri.uri), transport);
    try {
      await store.searchExperiments({ view: 'active', maxResults: 1 }, signal);
    } finally {
      store.dispose();
    }
  }

  /** Stores a sign-in, if one is given, and approves the server as it is spoken to now. */
  async keep(origin: string, signIn: SignIn | undefined, connection = origin): Promise<void> {
    const server = this.find(connection, origin)?.resolved;
    const approval = server === undefined ? origin : (await this.choose(server, {})).approval;
    await this.options.approvals.approve(approval);
    if (signIn !== undefined) {
      this.stored.set(origin, JSON.stringify(signIn));
      await this.options.secrets.set(origin, signIn);
    }
    this.changes.fire(origin);
  }

  /** Forgets what was stored and approved; resolves to whether there was anything. */
  async forget(origin: string): Promise<boolean> {
    const { secrets, approvals } = this.options;
    const had = (await secrets.get(origin)) !== undefined || approvals.hasAny(origin);
    await approvals.revoke(origin);
    this.stored.set(origin, '');
    await secrets.delete(origin);
    if (had) {
      this.changes.fire(origin);
    }
    return had;
  }

  dispose(): void {
    this.following.dispose();
    this.changes.dispose();
  }

  private find(connection: string, origin: string | undefined): Seen | undefined {
    const direct = this.seen.get(connection);
    return direct?.origin === origin
      ? direct
      : [...this.seen.values()].find((each) => each.origin === origin);
  }

  private async choose(
    { uri, origin, folder }: ResolvedUri,
    instead: { isApproved?: () => boolean; stored?: (() => Promise<SignIn>) | undefined },
  ): Promise<ChosenTransport> {
    const { secrets, approvals } = this.options;
    // Nobody named the default server, so it gets no secrets either.
    const owner = namedBy(origin) === 'person' ? 'user' : 'workspace';
    try {
      return await transportFor(
        { value: uri.uri, owner },
        {
          ...(await this.options.sources(folder)),
          stored: instead.stored ?? ((server) => secrets.get(server)),
          isApproved: instead.isApproved ?? ((entry) => approvals.has(entry)),
        },
      );
    } catch (error) {
      throw this.options.explained(error, originOf(uri.uri));
    }
  }

  private async noteChange(origin: string): Promise<void> {
    const now = await this.options.secrets.get(origin);
    const text = now === undefined ? '' : JSON.stringify(now);
    if (this.stored.get(origin) !== text) {
      this.stored.delete(origin);
      this.changes.fire(origin);
    }
  }
}
