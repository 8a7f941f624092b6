import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HealthyChanges, Refusal } from './healthyChanges';
import { answerHealthily, defaultHealthyData } from './healthyMlflow';

interface Entry {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

/** One file that was asked for. */
export interface AskedFile {
  readonly path: string;
  readonly range: string | undefined;
}

/** A small MLflow whose runs all have the same artifacts, and which may lie about them. */
export class ArtifactStub {
  /** By path; of what is not there a listing may tell all the same. */
  readonly files = new Map<string, Buffer>();
  /** By folder, in the place of what {@link files} says. */
  readonly listings = new Map<string, readonly Entry[]>();
  readonly asked: AskedFile[] = [];
  /** Another text is another state of all files. */
  state = 'one';
  /** So many bytes of an answer are sent before the connection breaks off or, with {@link holds}, nothing more comes. */
  stopAfter: (path: string) => number = () => Infinity;
  holds = false;
  readonly uploads: string[] = [];
  private readonly changes = new HealthyChanges();
  private readonly server = createServer(
    (request, response) => void this.handle(request, response),
  );

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** As healthy as at first. */
  reset(): void {
    this.files.clear();
    this.listings.clear();
    this.asked.length = 0;
    this.uploads.length = 0;
    this.state = 'one';
    this.holds = false;
    this.stopAfter = () => Infinity;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const body = await buffer(request);
    const served =
      /^\/(?:ajax-)?api\/2\.0\/mlflow-artifacts\/artifacts\/\d+\/\w+\/artifacts\/(.*)$/;
    const [, inner] = served.exec(pathname) ?? [];
    if (pathname.endsWith('/artifacts/list')) {
      json(response, 200, this.listing(searchParams.get('path') ?? ''));
    } else if (inner !== undefined && request.method === 'PUT') {
      const path = decodeURIComponent(inner);
      this.uploads.push(path);
      this.files.set(path, body);
      json(response, 200, {});
    } else if (inner !== undefined) {
      this.send(decodeURIComponent(inner), request, response);
    } else if (pathname === '/get-artifact') {
      this.send(searchParams.get('path') ?? '', request, response);
    } else {
      this.answer(pathname, searchParams, body, response);
    }
  }

  private answer(
    pathname: string,
    query: URLSearchParams,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const given = body.length === 0 ? {} : (JSON.parse(body.toString()) as object);
    const parameters = { ...Object.fromEntries(query), ...given };
    const server = { data: defaultHealthyData, changes: this.changes };
    const answer = answerHealthily(pathname, parameters, server);
    if (typeof answer === 'string') {
      response.end(answer);
    } else {
      const isThere = answer !== undefined && !(answer instanceof Refusal);
      const missing = { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'No such thing' };
      json(response, isThere ? 200 : 404, isThere ? answer : missing);
    }
  }

  private listing(folder: string): object {
    const made = new Map<string, Entry>();
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const [path, content] of this.files) {
      if (path.startsWith(prefix)) {
        const [name = '', ...rest] = path.slice(prefix.length).split('/');
        const own = prefix + name;
        made.set(
          name,
          rest.length > 0
            ? { path: own, is_dir: true }
            : { path: own, is_dir: false, file_size: content.length },
        );
      }
    }
    return {
      root_uri: 'mlflow-artifacts:/1',
      files: this.listings.get(folder) ?? [...made.values()],
    };
  }

  private send(path: string, request: IncomingMessage, response: ServerResponse): void {
    const { range, 'if-range': ifRange } = request.headers;
    this.asked.push({ path, range });
    const content = this.files.get(path);
    if (content === undefined) {
      json(response, 404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `No ${path}` });
      return;
    }
    const etag = `"${this.state}"`;
    const [, first] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
    const from = first !== undefined && (ifRange === undefined || ifRange === etag) ? +first : 0;
    const rest = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      etag,
      'content-length': String(rest.length),
      'content-disposition': 'attachment; filename="../../../../tmp/from-the-server.txt"',
      ...(from > 0 && {
        'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
      }),
    });
    const sent = rest.subarray(0, Math.max(0, this.stopAfter(path) - from));
    if (sent.length === rest.length) {
      response.end(rest);
    } else {
      response.write(sent, () => (this.holds ? undefined : request.socket.destroy()));
    }
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
