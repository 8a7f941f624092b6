import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Entry {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

/** Files of runs and logged models by the id of these, and of versions by `<name>/<version>`, as MLflow lists and hands them out. */
export class StubArtifacts {
  private readonly files = new Map<string, Map<string, Buffer>>();
  private readonly listings = new Map<string, readonly Entry[]>();
  private cutAt = Infinity;

  put(owner: string, path: string, content: string | Buffer): void {
    const own = this.files.get(owner) ?? new Map<string, Buffer>();
    this.files.set(owner, own.set(path, Buffer.from(content)));
  }

  remove(owner: string, path: string): void {
    this.files.get(owner)?.delete(path);
  }

  /** Lists what a server of ill will would: whatever is given. */
  setListing(owner: string, path: string, entries: readonly Entry[]): void {
    this.listings.set(`${owner} ${path}`, entries);
  }

  /** From now on connections break after so many bytes of a file. */
  cutAfter(bytes: number): void {
    this.cutAt = bytes;
  }

  /** Answers a request for a listing or a file; `false` for any other. */
  answer(url: URL, request: IncomingMessage, response: ServerResponse): boolean {
    const { pathname, searchParams: query } = url;
    const [, model, what] =
      /logged-models\/([^/]+)\/artifacts\/(directories|files)$/.exec(pathname) ?? [];
    const owner = model ?? query.get('run_id') ?? query.get('run_uuid') ?? '';
    if (pathname.endsWith('/mlflow/artifacts/list') || what === 'directories') {
      const path = query.get(model === undefined ? 'path' : 'artifact_directory_path') ?? '';
      this.list(owner, path, response);
      return true;
    }
    if (pathname === '/get-artifact' || what === 'files') {
      const path = query.get(model === undefined ? 'path' : 'artifact_file_path') ?? '';
      this.send(this.files.get(owner)?.get(path), request, response);
      return true;
    }
    if (pathname === '/model-versions/get-artifact') {
      const version = `${query.get('name')}/${query.get('version')}`;
      this.send(this.files.get(version)?.get(query.get('path') ?? ''), request, response);
      return true;
    }
    return false;
  }

  private list(owner: string, folder: string, response: ServerResponse): void {
    const files = this.listings.get(`${owner} ${folder}`) ?? this.entriesIn(owner, folder);
    response.writeHead(200, { 'content-type': 'application/json' });
    const root = `mlflow-artifacts:/1/${owner}/artifacts`;
    response.end(JSON.stringify({ root_uri: root, ...(files.length > 0 && { files }) }));
  }

  private entriesIn(owner: string, folder: string): readonly Entry[] {
    const start = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, Entry>();
    for (const [path, content] of this.files.get(owner) ?? []) {
      if (path.startsWith(start)) {
        const [name = '', ...rest] = path.slice(start.length).split('/');
        const own = start + name;
        const entry = rest.length > 0 ? { path: own, is_dir: true } : undefined;
        entries.set(own, entry ?? { path: own, is_dir: false, file_size: content.length });
      }
    }
    return [...entries.values()];
  }

  private send(
    content: Buffer | undefined,
    { headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (content === undefined) {
      const message = 'No such artifact';
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error_code: 'RESOURCE_DOES_NOT_EXIST', message }));
      return;
    }
    const { start, end } = rangeOf(headers.range, content.length);
    const body = content.subarray(start, end);
    response.writeHead(headers.range === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename=../../elsewhere',
      'content-length': body.length,
      etag: `"${createHash('md5').update(content).digest('hex')}"`,
      ...(headers.range !== undefined && {
        'content-range': `bytes ${start}-${end - 1}/${content.length}`,
      }),
    });
    if (body.length > this.cutAt) {
      response.write(body.subarray(0, this.cutAt), () => response.socket?.destroy());
    } else {
      response.end(body);
    }
  }
}

function rangeOf(range: string | undefined, size: number): { start: number; end: number } {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  return first === ''
    ? { start: last === '' ? 0 : Math.max(0, size - Number(last)), end: size }
    : { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) };
}
