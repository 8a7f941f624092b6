import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { MlflowError } from '../../mlflow/errors';
import { displayUri } from '../../mlflow/trackingUri';
import { diskFailure } from '../bytes/diskFailure';
import type { Api, BytesRequest } from './api';
import type { ArtifactListings } from './artifactListings';
import { type ArtifactRoots, unreachableRoot } from './artifactRoots';
import { servedRequest } from './artifactRoutes';
import type { Upload } from './exchange';
import { replyFailure } from './replyFailure';
import { settle } from './settle';
import { takenAsWritten } from './takenName';

/** `upload-artifact` of MLflow's own pages takes no more. */
const mostOfPages = 10 * 1024 * 1024;

/** Files that are sent to a server. */
export class RestUploads {
  constructor(
    private readonly api: Api,
    private readonly roots: ArtifactRoots,
    private readonly listings: ArtifactListings,
  ) {}

  /** See `logArtifact` of the port. When the reply is lost, the listing says whether the file arrived whole. */
  async log(
    runId: string,
    path: string,
    file: string,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (!takenAsWritten(path)) {
      const serverMessage = `MLflow takes no artifact under this name: ${path}`;
      throw new MlflowError('rejected', 'invalid', { serverMessage });
    }
    const root = await this.roots.of({ kind: 'run', runId }, signal);
    const size = await sizeOf(file);
    const before = await this.sizeThere(runId, path, signal);
    const upload = { size, open: () => fileToSend(file, size, onProgress) };
    await settle({
      send: () => this.send(requestFor(root, runId, path, upload), root, signal),
      lookUp: async () => {
        const now = await this.sizeThere(runId, path, signal);
        return now === size && before !== size ? { result: undefined } : undefined;
      },
    });
  }

  private async send(request: BytesRequest, root: string, signal: AbortSignal): Promise<void> {
    const { reply, detail } = await this.api.open({ ...request, writes: true }, signal);
    if ('body' in reply) {
      reply.body.on('error', () => undefined).resume();
      return;
    }
    const failure = replyFailure(reply, detail) ?? new MlflowError('malformed', 'shape', detail);
    throw reply.status === 503 && /serve-artifacts/.test(reply.text)
      ? new MlflowError('unsupported', 'artifacts', {
          ...failure.detail,
          rootUri: displayUri(root),
        })
      : unreachableRoot(root, failure);
  }

  /** `undefined` where there is no such file; servers leave out the size of an empty one. */
  private async sizeThere(
    runId: string,
    path: string,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const folder = path.split('/').slice(0, -1).join('/');
    const { files } = await this.listings.list({ kind: 'run', runId }, folder, signal);
    const found = files.find((each) => each.path === path && !each.isDirectory);
    return found && (found.size ?? 0);
  }
}

/** A server's pages upload to a folder of their own where the root is its own: then it is asked otherwise. */
function requestFor(root: string, runId: string, path: string, upload: Upload): BytesRequest {
  const served = servedRequest(root, path, 'PUT');
  if (served !== undefined) {
    return { ...served, upload };
  }
  if (upload.size > mostOfPages || upload.size === 0) {
    throw new MlflowError('unsupported', 'artifacts', {
      rootUri: displayUri(root),
      serverMessage:
        upload.size === 0
          ? 'the server takes no empty files for this place'
          : 'the server takes no files of more than 10 MB for this place',
    });
  }
  const query = new URLSearchParams({ run_uuid: runId, path });
  const address = '/ajax-api/2.0/mlflow/upload-artifact';
  return { method: 'POST', below: 'pages', path: address, query, upload };
}

async function sizeOf(file: string): Promise<number> {
  try {
    const facts = await stat(file);
    if (facts.isFile()) {
      return facts.size;
    }
  } catch (error) {
    throw diskFailure(error);
  }
  throw new MlflowError('rejected', 'disk', { serverMessage: 'EINVAL' });
}

/** As many bytes as were announced. */
function fileToSend(file: string, size: number, onProgress: (sent: number) => void): Readable {
  return Readable.from(piecesOf(file, size, onProgress), { objectMode: true });
}

async function* piecesOf(
  file: string,
  size: number,
  onProgress: (sent: number) => void,
): AsyncGenerator<Buffer> {
  let sent = 0;
  if (size > 0) {
    const pieces = createReadStream(file, { end: size - 1, highWaterMark: 256 * 1024 });
    try {
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        yield piece;
        sent += piece.length;
        onProgress(sent);
      }
    } catch (error) {
      throw diskFailure(error);
    } finally {
      pieces.destroy();
    }
  }
  if (sent < size) {
    throw new MlflowError('rejected', 'disk', { serverMessage: 'the file was changed' });
  }
}
