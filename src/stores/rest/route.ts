import { Agent, type Dispatcher, buildConnector } from 'undici';
import type { Transport } from '../../mlflow/transport';
import { type TlsSettings, tlsSettings } from './certificates';
import { type Proxy, chooseProxy } from './proxyChoice';
import { proxyConnector, tunnelConnector } from './tunnel';

/** Times in milliseconds, sizes in bytes. */
export interface RouteLimits {
  readonly connections: number;
  /** Connections for what may be of any length. */
  readonly streams: number;
  readonly connectTimeout: number;
  /** From the first try to the last byte. Legal replies were seen to take 36 s. */
  readonly replyTimeout: number;
  /** Between two pieces of a body. */
  readonly idleTimeout: number;
  readonly maxReplyBytes: number;
}

type Target = Pick<Dispatcher.RequestOptions, 'origin' | 'path'> & {
  readonly headers: Readonly<Record<string, string>>;
};

/** The way to one server: directly, through a tunnel, or by a proxy that passes requests on. */
export interface Route {
  /** Scheme, host and port of the server. */
  readonly origin: string;
  readonly agent: Agent;
  /** For what may be of any length, over connections of its own. */
  readonly streamAgent: Agent;
  /** How the agent opens a connection. */
  readonly connect: buildConnector.connector;
  /** Fires when it is closed. */
  readonly closed: AbortSignal;
  /** Ends all connections, those that are being opened too. */
  readonly close: () => void;
  /** Origin of the proxy in between, without credentials. */
  readonly proxy: string | undefined;
  /** Where a request for `path` (with its query) goes, and what it carries beside `headers`. */
  target(path: string, headers: Readonly<Record<string, string>>): Target;
}

/** Throws `unsupported` (`transport`) for certificates or a proxy that cannot be used. */
export function routeTo(origin: string, transport: Transport, limits: RouteLimits): Route {
  const proxy = chooseProxy(origin, transport.proxy);
  const tls = tlsSettings(origin.startsWith('https:') ? transport.tls : undefined);
  const timeout = limits.connectTimeout;
  const closing = new AbortController();
  const straight = (path: string, headers: Target['headers']): Target => ({
    origin,
    path,
    headers,
  });
  if (proxy === undefined) {
    const connect = buildConnector({ ...tls, timeout, allowH2: false });
    const agents = agentsOf(limits, connect, true);
    return { origin, connect, proxy: undefined, target: straight, ...ending(agents, closing) };
  }
  const tlsToProxy = settingsToProxy(proxy, transport);
  const isTunnel = origin.startsWith('https:');
  const connect = isTunnel
    ? tunnelConnector({ proxy, tlsToProxy, tlsToTarget: tls, timeout, closed: closing.signal })
    : proxyConnector({ proxy, tlsToProxy, timeout });
  // A proxy was seen to tell the server the password for the proxy with what follows on a kept connection.
  const agents = agentsOf(limits, connect, isTunnel);
  const target = isTunnel ? straight : passedOnBy(proxy, origin);
  return { origin, connect, proxy: proxy.origin, target, ...ending(agents, closing) };
}

type Agents = Pick<Route, 'agent' | 'streamAgent'>;

function ending(
  agents: Agents,
  closing: AbortController,
): Agents & Pick<Route, 'closed' | 'close'> {
  const close = (): void => {
    closing.abort();
    void agents.agent.destroy();
    void agents.streamAgent.destroy();
  };
  return { ...agents, closed: closing.signal, close };
}

/** The server's certificate of a client is not for the proxy to see. */
function settingsToProxy({ url }: Proxy, { tls, proxy }: Transport): TlsSettings {
  return tlsSettings(
    url.protocol === 'https:'
      ? { ...tls, clientCertificate: undefined, insecure: proxy?.strictTls === false }
      : undefined,
  );
}

/** https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
function passedOnBy(proxy: Proxy, origin: string): Route['target'] {
  const { host } = new URL(origin);
  const { authorization } = proxy;
  const own = {
    host,
    ...(authorization !== undefined && { 'proxy-authorization': authorization }),
  };
  return (path, headers) => ({
    origin: proxy.origin,
    path: origin + path,
    headers: { ...headers, ...own },
  });
}

/** HTTP/1.1 alone: MLflow's own servers speak no other, and its failures are known. */
function agentsOf(
  limits: RouteLimits,
  connect: buildConnector.connector,
  keepsConnections: boolean,
): Agents {
  const options: Agent.Options = {
    connections: limits.connections,
    pipelining: keepsConnections ? 1 : 0,
    connect,
    headersTimeout: limits.replyTimeout,
    bodyTimeout: limits.idleTimeout,
    maxResponseSize: limits.maxReplyBytes,
  };
  return {
    agent: new Agent(options),
    streamAgent: new Agent({ ...options, connections: limits.streams, maxResponseSize: -1 }),
  };
}
