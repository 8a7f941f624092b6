import { type ClientRequest, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { TlsSettings } from './certificates';
import type { Proxy } from './proxyChoice';
import { ProxyFailure } from './proxyFailure';

/** What opening a connection through a proxy takes. */
export interface TunnelOptions {
  readonly proxy: Proxy;
  readonly tlsToProxy: TlsSettings;
  readonly tlsToTarget: TlsSettings;
  /** Milliseconds for each of the two: until the proxy has let us through, and for TLS behind it. */
  readonly timeout: number;
  /** Ends tunnels that are being opened. */
  readonly closed: AbortSignal;
}

/**
 * Connects to https servers through a proxy's CONNECT. Of our own since undici's `ProxyAgent` tells
 * the proxy's status only in the text of an error, and waits minutes for a silent proxy.
 */
export function tunnelConnector(options: TunnelOptions): buildConnector.connector {
  const { tlsToTarget, timeout } = options;
  const secure = buildConnector({ ...tlsToTarget, timeout, allowH2: false });
  return (target, callback) => {
    const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
    openTunnel(`${host}:${target.port || '443'}`, options).then(
      (httpSocket) => secure({ ...target, httpSocket }, callback),
      (error: Error) => callback(error, null),
    );
  };
}

/** Connects to the proxy itself, which passes requests for http servers on. */
export function proxyConnector(
  options: Omit<TunnelOptions, 'tlsToTarget' | 'closed'>,
): buildConnector.connector {
  const { proxy, tlsToProxy, timeout } = options;
  const connect = buildConnector({ ...tlsToProxy, timeout, allowH2: false });
  // undici takes the name for TLS from the Host header, which is that of the server behind the proxy.
  return ({ servername: _, ...target }, callback) =>
    connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
      if (error === null) {
        callback(null, socket);
      } else {
        callback(new ProxyFailure(proxy.origin, { cause: error }), null);
      }
    });
}

function openTunnel(target: string, options: TunnelOptions): Promise<Socket> {
  const { proxy, timeout, closed } = options;
  return new Promise((resolve, reject) => {
    const request = askProxy(target, options);
    const settled = (): void => {
      clearTimeout(timer);
      closed.removeEventListener('abort', giveUp);
    };
    const fail = (parts: { status?: number; words?: string; cause?: unknown }): void => {
      settled();
      reject(new ProxyFailure(proxy.origin, parts));
      request.destroy();
    };
    const giveUp = (): void => fail({ words: 'closed' });
    const timer = setTimeout(() => fail({ words: 'no answer' }), timeout);
    closed.addEventListener('abort', giveUp);
    request.once('connect', ({ statusCode: status = 0, statusMessage }, socket: Socket, head) => {
      if (status < 200 || status > 299) {
        socket.destroy();
        fail({ status, words: `${status} ${statusMessage ?? ''}`.trim() });
        return;
      }
      settled();
      if (head.length > 0) {
        socket.unshift(head);
      }
      resolve(socket);
    });
    request.on('error', (cause) => fail({ cause }));
    request.end();
  });
}

function askProxy(target: string, { proxy, tlsToProxy }: TunnelOptions): ClientRequest {
  const { url, authorization } = proxy;
  const options: RequestOptions = {
    method: 'CONNECT',
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: target,
    agent: false,
    headers: {
      host: target,
      ...(authorization !== undefined && { 'proxy-authorization': authorization }),
    },
  };
  return url.protocol === 'https:'
    ? requestSecure({ ...options, ...tlsToProxy })
    : requestPlain(options);
}
