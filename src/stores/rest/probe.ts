import {
  MlflowError,
  isAbortError,
  type MlflowErrorDetail,
  type MlflowErrorReason,
} from '../../mlflow/errors';
import type { ServerInfo } from '../../mlflow/trackingStore';
import type { Address } from './address';
import { decodeExperimentPage } from './decodeExperiments';
import { decodeServerFacts } from './decodeServerInfo';
import { type Reply, replyFailure } from './replyFailure';
import type { HttpClient } from './http';
import { readReply } from './readReply';
import { Shared } from '../../base/shared';

/**
 * Finds out where a server's API is and what the server can do. Behind `--static-prefix` MLflow 3
 * moves everything, MLflow 2 only its pages: there the API stays at the root of the origin.
 */
export class Probe {
  private readonly base: Shared<string>;
  private readonly info: Shared<ServerInfo>;

  constructor(
    private readonly http: HttpClient,
    private readonly address: Address,
  ) {
    this.base = new Shared((signal) => this.locate(signal));
    this.info = new Shared((signal) => this.examine(signal));
  }

  /** Whether the API may be found elsewhere one day. */
  get mayMove(): boolean {
    return this.address.prefix !== '';
  }

  /** What stands before `/api`. Known at once where the address has no path. */
  apiBase(signal: AbortSignal): Promise<string> {
    return this.mayMove ? this.base.get(signal) : Promise.resolve('');
  }

  serverInfo(signal: AbortSignal): Promise<ServerInfo> {
    return this.info.get(signal);
  }

  /** The server may have been replaced: what was found is asked for anew. */
  forget(): void {
    this.base.forget();
    this.info.forget();
  }

  private async locate(signal: AbortSignal): Promise<string> {
    const { prefix } = this.address;
    const [below, root] = await Promise.all([
      this.ask(`${prefix}/version`, signal),
      this.ask('/version', signal),
    ]);
    if (below instanceof Error && root instanceof Error) {
      throw below;
    }
    return versionOf(below) === undefined && versionOf(root) !== undefined ? '' : prefix;
  }

  private async examine(signal: AbortSignal): Promise<ServerInfo> {
    const base = await this.apiBase(signal);
    const [version, facts] = await Promise.all([
      this.ask(`${base}/version`, signal),
      this.ask(`${base}/api/3.0/mlflow/server-info`, signal),
    ]);
    // The Host check lets /version pass and refuses everything else.
    const useless = uselessness(facts, this.detail(base));
    if (useless !== undefined) {
      throw useless;
    }
    const known = versionOf(version);
    if (known === undefined) {
      await this.expectMlflow(base, signal);
    }
    return this.toInfo(known, facts, this.detail(base));
  }

  private toInfo(
    version: string | undefined,
    reply: Reply | MlflowError,
    detail: MlflowErrorDetail,
  ): ServerInfo {
    const answered = !(reply instanceof Error) && replyFailure(reply, {}) === undefined;
    const facts = answered ? readReply(reply, decodeServerFacts, detail) : undefined;
    const since3 = version === undefined ? answered : Number.parseInt(version, 10) >= 3;
    return {
      version,
      storeType: facts?.storeType,
      uiUrl: this.address.origin + this.address.prefix,
      can: {
        loggedModels: since3,
        filterNull: since3,
        pagedHistory: since3,
        workspaces: facts?.workspaces ?? false,
        artifactServing: facts?.artifactServing ?? true,
        watching: false,
      },
    };
  }

  /** A proxy may hide `/version`: then the API itself has to show that this is MLflow. */
  private async expectMlflow(base: string, signal: AbortSignal): Promise<void> {
    const path = `${base}/api/2.0/mlflow/experiments/search`;
    const query = new URLSearchParams({ max_results: '1' });
    const reply = await this.http.send({ method: 'GET', path, query }, signal);
    readReply(reply, decodeExperimentPage, { origin: this.http.origin, request: path });
  }

  /** The answer, or why there was none; only cancelling rejects. */
  private async ask(path: string, signal: AbortSignal): Promise<Reply | MlflowError> {
    try {
      return await this.http.send({ method: 'GET', path }, signal);
    } catch (error) {
      if (error instanceof MlflowError && !isAbortError(error)) {
        return error;
      }
      throw error;
    }
  }

  private detail(base: string): { origin: string; request: string } {
    return { origin: this.http.origin, request: `${base}/api/3.0/mlflow/server-info` };
  }
}

function versionOf(reply: Reply | MlflowError): string | undefined {
  if (reply instanceof Error || reply.status !== 200) {
    return undefined;
  }
  return /^\s*(\d+\.\d+[\w.+-]*)\s*$/.exec(reply.text)?.[1];
}

const telling: readonly MlflowErrorReason[] = [
  'hostCheck',
  'signIn',
  'signInRefused',
  'serverError',
  'busy',
  'proxy',
  'proxySignIn',
];

/** No answer at all, or a refusal, of the first request means that no other will fare better. */
function uselessness(
  reply: Reply | MlflowError,
  detail: { origin: string; request: string },
): MlflowError | undefined {
  if (reply instanceof Error) {
    return reply;
  }
  const failure = replyFailure(reply, detail);

  return failure !== undefined && telling.includes(failure.reason) ? failure : undefined;
}
