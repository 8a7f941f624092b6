import http from 'http';
import https from 'https';
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { RayClient } from './rayClient';
import { clientFrame, TailFrames } from './tailFrames';

/** Milliseconds for the greeting. */
const patience = 30_000;

/**
 * Reads what a job prints, from its beginning, until Ray says that there is no more. Rejects where the cluster cannot be reached, has
 * no such door, or breaks off. A client of our own, since Ray hands on what others offer (compression) without bearing it.
 */
export async function tailLogs(
  client: RayClient,
  id: string,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { socket, head } = await open(client, id, signal);
  const frames = new TailFrames();
  await new Promise<void>((resolve, reject) => {
    const end = (error?: Error): void => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const abort = (): void => end(signal.reason as Error);
    const take = (bytes: Buffer): void => {
      try {
        for (const message of frames.add(bytes)) {
          if (message.kind === 'text') onText(message.text);
          if (message.kind === 'ping') socket.write(clientFrame('pong', message.payload));
          if (message.kind === 'close') {
            socket.write(clientFrame('close'));
            end();
          }
        }
      } catch (error) {
        end(error as Error);
      }
    };
    signal.addEventListener('abort', abort);
    socket.on('data', take);
    socket.on('error', end);
    socket.on('close', () => end(new Error('broken off')));
    if (signal.aborted) abort();
    else if (head.length > 0) take(head);
  });
}

interface OpenSocket {
  readonly socket: Duplex;
  /** What came together with the greeting. */
  readonly head: Buffer;
}

function open(client: RayClient, id: string, signal: AbortSignal): Promise<OpenSocket> {
  const { url } = client.address;
  const { request } = url.startsWith('https:') ? https : http;
  const headers = {
    ...client.headers,
    ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const path = `${url}/api/jobs/${encodeURIComponent(id)}/logs/tail`;
    const asked = request(path, { headers, signal, timeout: patience, agent: false });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('response', (response) => {
      response.resume();
      reject(new Error(`HTTP ${response.statusCode ?? 0}`));
    });
    asked.on('upgrade', (_, socket, head) => {
      socket.setTimeout(0);
      // A job may be silent for hours, and a way that is gone is silent, too.
      socket.setKeepAlive(true, 30_000);
      resolve({ socket, head });
    });
    asked.end();
  });
}
