import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { networkFailure } from './failures';

/** Stands for the code of a TLS failure where the server closes the connection without a word. */
const closed = 'CLOSED_AFTER_HANDSHAKE';

/**
 * Why a TLS server breaks off every connection: the code of its TLS failure, or
 * `CLOSED_AFTER_HANDSHAKE`; `undefined` when nothing happened before `signal` fires. Since TLS 1.3 a server refuses
 * the client's certificate, or the lack of one, only when the client has sent its first request
 * already, and the reset that follows takes the reason away; some give none. So this connects, says
 * nothing and listens: other servers wait for a request then. Never rejects.
 */
export function tlsRefusal(
  connect: buildConnector.connector,
  origin: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { protocol, hostname, host, port } = new URL(origin);
  const bare = hostname.replace(/^\[(.+)\]$/, '$1');
  return new Promise((resolve) => {
    let socket: Socket | null = null;
    const end = (code?: string): void => {
      signal.removeEventListener('abort', giveUp);
      resolve(code);
      socket?.destroy();
    };
    const giveUp = (): void => end();
    signal.addEventListener('abort', giveUp);
    connect({ protocol, hostname: bare, host, port }, (...[error, opened]) => {
      if (error !== null) {
        end(tlsCode(error));
        return;
      }
      socket = opened;
      if (signal.aborted) {
        end();
        return;
      }
      opened.on('error', (failed: Error) => end(tlsCode(failed) ?? closed));
      opened.on('close', () => end(closed)).resume();
    });
  });
}

function tlsCode(error: Error): string | undefined {
  const { reason, detail } = networkFailure(error, {});
  return reason === 'tls' ? detail.serverMessage : undefined;
}
