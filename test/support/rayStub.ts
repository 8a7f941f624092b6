import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface StubJob {
  status: string;
  error_type?: string;
  driver_exit_code?: number;
  driver_node_id?: string;
  logs: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/** A cluster that says what a test wants it to say. */
export interface RayStub {
  readonly url: string;
  readonly jobs: Map<string, StubJob>;
  readonly packages: Map<string, Buffer>;
  /** `METHOD path` of every request. */
  readonly asked: string[];
  /** May answer a request itself, or break it off; resolves to whether it did. */
  intercept: (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;
  /** Says something in the stream of a job's logs; undefined refuses it. */
  tail: ((id: string, socket: Duplex) => void) | undefined;
  close(): Promise<void>;
}

export async function startRayStub(): Promise<RayStub> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      stub.asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (!stub.intercept(request, response, body)) answer(stub, request, response, body);
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const [, id = ''] = /jobs\/([^/]+)\/logs\/tail$/.exec(request.url ?? '') ?? [];
    socket.on('error', () => undefined);
    if (stub.tail === undefined) {
      socket.end('HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 101 Switching\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
    stub.tail(id, socket);
  });
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: RayStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ jobs: new Map(), packages: new Map(), asked: [], tail: undefined },
    intercept: () => false,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}

/** What a server sends in a WebSocket. */
export function serverFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

export const serverFarewell = Buffer.from([0x88, 0]);

function answer(
  { jobs, packages }: RayStub,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const say = (status: number, value: unknown): void => {
    response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));
  };
  const [, name = ''] = /^\/api\/packages\/gcs\/(.+)$/.exec(url) ?? [];
  if (name !== '') {
    if (method === 'PUT') packages.set(name, body);
    say(
      packages.has(name) ? 200 : 404,
      packages.has(name) ? '' : `Package gcs://${name} does not exist`,
    );
    return;
  }
  if (method === 'POST' && url === '/api/jobs/') {
    const request = JSON.parse(body.toString()) as Record<string, unknown>;
    const id = String(request['submission_id']);
    if (jobs.has(id)) {
      say(500, `Traceback\nValueError: Job with submission_id ${id} already exists. Please\n.`);
      return;
    }
    jobs.set(id, { status: 'PENDING', logs: '', request });
    say(200, { job_id: id, submission_id: id });
    return;
  }
  const [, id = '', rest] = /^\/api\/jobs\/([^/]+)(\/.+)?$/.exec(url) ?? [];
  const job = jobs.get(id);
  if (job === undefined) return say(404, `Job ${id} does not exist`);
  if (rest === '/stop') {
    if (job.status === 'RUNNING') job.status = 'STOPPED';
    return say(200, { stopped: true });
  }
  if (rest === '/logs') return say(200, { logs: job.logs });
  say(200, { ...job, message: 'said', request: undefined, logs: undefined });
}
