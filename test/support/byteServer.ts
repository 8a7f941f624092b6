import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a {@link ByteServer} behaves; may be changed at any time. */
export interface ByteBehavior {
  content: Buffer;
  etag: string;
  /** So many bytes of each of the next answers come, then the connection breaks. */
  cuts: number[];
  /** Says how long an answer is. */
  sized: boolean;
  /** Sends pages in the place of files. */
  page?: boolean;
  /** Called when the next answer begins. */
  onAnswer?: (() => void) | undefined;
  /** Where an upload goes; without it the answer is lost after `uploaded` was called. */
  onUpload?: (content: Buffer) => 'answer' | 'lose';
}

export interface ByteServer {
  readonly url: string;
  readonly behavior: ByteBehavior;
  /** `Range` headers of the requests for the file, in order; empty text where there was none. */
  readonly ranges: readonly string[];
  close(): Promise<void>;
}

/** A server like MLflow 2.22, with one run and one file in it, that can be told to break off. */
export async function startByteServer(content: Buffer): Promise<ByteServer> {
  const behavior: ByteBehavior = { content, etag: '"one"', cuts: [], sized: true };
  const ranges: string[] = [];
  const json = (response: ServerResponse, value: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/version') {
      response.end('2.22.5');
    } else if (pathname === '/api/2.0/mlflow/artifacts/list') {
      const files = [{ path: 'file', is_dir: false, file_size: behavior.content.length }];
      json(response, { root_uri: 'mlflow-artifacts:/1/r/artifacts', files });
    } else if (pathname === '/api/2.0/mlflow/runs/get') {
      const info = {
        run_id: 'r',
        experiment_id: '1',
        artifact_uri: 'mlflow-artifacts:/1/r/artifacts',
      };
      json(response, { run: { info: { ...info, status: 'FINISHED' }, data: {} } });
    } else if (pathname === '/get-artifact') {
      ranges.push(request.headers.range ?? '');
      sendFile(response, behavior, request.headers.range, request.headers['if-range']?.toString());
    } else if (request.method === 'PUT') {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const answer = behavior.onUpload?.(Buffer.concat(pieces));
        return answer === 'answer' ? json(response, {}) : response.destroy();
      });
    } else {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behavior,
    ranges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendFile(
  response: ServerResponse,
  behavior: ByteBehavior,
  range: string | undefined,
  ifRange: string | undefined,
): void {
  behavior.onAnswer?.();
  const { content, etag, cuts, sized, page } = behavior;
  if (page) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<form>Sign in</form>');
    return;
  }
  const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
  const isPart = range !== undefined && (ifRange === undefined || ifRange === etag);
  const body = isPart ? content.subarray(from) : content;
  response.writeHead(isPart ? 206 : 200, {
    etag,
    'content-type': 'text/plain',
    'content-disposition': 'attachment; filename="../../evil"',
    ...(sized && { 'content-length': String(body.length) }),
    ...(isPart && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
  });
  const cut = cuts.shift();
  if (cut === undefined) {
    response.end(body);
  } else {
    response.write(body.subarray(0, cut), () => response.destroy());
  }
}
