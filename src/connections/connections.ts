import type { Disposable } from '../base/disposable';
import {
  namedBy,
  type NamedConnection,
  type NamedUri,
  type RememberedConnection,
} from '../mlflow/found';
import { withoutUserInfo } from '../mlflow/signIn';
import { displayUri, parseTrackingUri } from '../mlflow/trackingUri';
import type { OpenedConnection } from '../state/connection';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { anchored, connectionId, type FoundUri } from './findConnections';
import type { RememberedConnections } from './remembered';
import type { WindowChoice } from './windowChoice';

export interface ConnectionsOptions {
  readonly sessions: Sessions;
  readonly choice: WindowChoice;
  readonly remembered: RememberedConnections;
  /** What settings, environment and folders name; asks no server. */
  named(): Promise<readonly FoundUri[]>;
  /** Local stores in the folders, also those that something else comes before. */
  alsoThere?(): Promise<readonly FoundUri[]>;
  /** From where relative paths count. */
  folder(): string | undefined;
  /** Stores below it are not worth remembering. */
  readonly temporaryFolder: string;
}

/** Which connections a window has, by a person's choice, and which were used before. */
export class Connections implements Disposable {
  private readonly noted = new WeakMap<OpenedConnection, string>();
  private readonly following: Disposable;

  constructor(private readonly options: ConnectionsOptions) {
    this.following = options.sessions.onDidChange(() => this.noteReady());
  }

  /** What takes the place of what settings, environment and folders name. */
  get instead(): NamedUri | undefined {
    return this.options.choice.instead;
  }

  /** What settings, environment and folders name, then what else lies in the folders; asks no server. */
  async named(): Promise<readonly NamedConnection[]> {
    const found = await this.options.named();
    const ids = new Set(found.map(connectionId));
    const others = (await this.options.alsoThere?.()) ?? [];
    return [...found, ...others.filter((each) => !ids.has(connectionId(each)))].map(
      ({ uri, origin, folders }) => {
        return { uri: displayUri(uri.uri), origin, folders, beside: false };
      },
    );
  }

  /** The connections that were used before, in whatever window, latest first. */
  get remembered(): readonly RememberedConnection[] {
    return this.options.remembered.all;
  }

  /** Connects this window to something else; credentials in it are dropped. */
  async use(named: NamedUri): Promise<Session | undefined> {
    const { choice } = this.options;
    const { id, uri } = this.place(named.uri);
    const meant = await this.options.named();
    const isMeant = meant.length === 1 && meant[0] !== undefined && connectionId(meant[0]) === id;
    await choice.takeInstead(isMeant ? undefined : { ...named, uri });
    await choice.close((each) => this.place(each).id === id);
    return this.activate(id);
  }

  /** Goes back to what settings, environment and folders name. */
  async useNamed(): Promise<Session | undefined> {
    await this.options.choice.takeInstead(undefined);
    const [first] = await this.options.sessions.lookAgain();
    return this.activated(first);
  }

  /** Connects this window to something else as well; credentials in it are dropped. */
  async putBeside(named: NamedUri): Promise<Session | undefined> {
    const { id, uri } = this.place(named.uri);
    const here = (await this.options.sessions.ensure()).find((session) => session.id === id);
    if (here !== undefined) {
      return this.activated(here);
    }
    await this.options.choice.putBeside({ ...named, uri });
    return this.activate(id);
  }

  /** Takes away a connection that was put beside the others. */
  async close({ id }: Session): Promise<void> {
    await this.options.choice.close((uri) => this.place(uri).id === id);
    await this.options.sessions.lookAgain();
  }

  async forget(uri: string): Promise<void> {
    await this.options.remembered.forget(uri);
  }

  dispose(): void {
    this.following.dispose();
  }

  private place(text: string): { readonly id: string; readonly uri: string } {
    const uri = anchored(parseTrackingUri(withoutUserInfo(text)), this.options.folder());
    return { id: connectionId({ uri }), uri: uri.uri };
  }

  private async activate(id: string): Promise<Session | undefined> {
    const all = await this.options.sessions.lookAgain();
    return this.activated(all.find((session) => session.id === id));
  }

  private activated(session: Session | undefined): Session | undefined {
    if (session !== undefined) {
      this.options.sessions.activate(session);
    }
    return session;
  }

  private noteReady(): void {
    for (const session of this.options.sessions.all) {
      const { connection, found, info, name } = session;
      const { status } = connection;
      const version = info?.version;
      if (
        status.kind === 'ready' &&
        found !== undefined &&
        this.noted.get(status.opened) !== String(version) &&
        this.isWorthwhile(name, found.origin)
      ) {
        this.noted.set(status.opened, String(version));
        const entry = { uri: name, namedBy: namedBy(found.origin), usedAt: Date.now(), version };
        void this.options.remembered.remember(entry);
      }
    }
  }

  /** What is found anyhow, or gone soon, or cannot be opened without its password, is not. */
  private isWorthwhile(name: string, origin: FoundUri['origin']): boolean {
    const uri = parseTrackingUri(name);
    switch (uri.kind) {
      case 'http':
        return origin !== 'defaultServer';
      case 'sqlite':
      case 'files':
        return !uri.path.startsWith(this.options.temporaryFolder);
      case 'database':
        return origin === 'chosen' || origin === 'chosenOfOthers';
      case 'unsupported':
        return false;
    }
  }
}
