import { MlflowError } from '../../mlflow/errors';
import type { ArtifactPlace } from '../../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  SaveProgress,
  SavedArtifact,
} from '../../mlflow/trackingStore';
import { displayUri } from '../../mlflow/trackingUri';
import { type ByteSource, toStream } from '../bytes/byteSource';
import { saveBytes } from '../bytes/saveBytes';
import type { Api, BytesReply, BytesRequest } from './api';
import type { ArtifactListings } from './artifactListings';
import { type ArtifactRoots, joinPath, unreachableRoot } from './artifactRoots';
import { fileRequest, servedRequest } from './artifactRoutes';
import { type OpenReply, discard } from './exchange';
import { contentRange, emptySource, rangeHeaders, sourceOf, type Wanted } from './openReply';
import { PresignedFiles } from './presignedFiles';
import { type Reply, replyFailure } from './replyFailure';
import { takenAsWritten } from './takenName';

/** The bytes of artifacts, by the best of the ways that a server offers. */
export class RestArtifacts {
  private readonly presigned: PresignedFiles;
  /** What was found not to work is left out from then on. */
  private servedIsPoor = false;
  private presignedFails = false;

  constructor(
    private readonly api: Api,
    private readonly roots: ArtifactRoots,
    private readonly listings: ArtifactListings,
  ) {
    this.presigned = new PresignedFiles(api);
  }

  async open(
    place: ArtifactPlace,
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    return toStream(await this.source(place, range, signal));
  }

  save(
    place: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    const open = (
      from: number,
      validator: string | undefined,
      asked: AbortSignal,
    ): Promise<ByteSource> => this.source(place, { from, validator }, asked);
    return saveBytes(open, target, onProgress, signal);
  }

  private async source(
    place: ArtifactPlace,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    const { version } = await this.api.serverInfo(signal);
    const since3 = Number.parseInt(version ?? '', 10) >= 3;
    const first = since3 ? await this.direct(place, wanted, signal) : undefined;
    if (first !== undefined) {
      return first;
    }
    try {
      return await this.ask(place, fileRequest(place), wanted, signal);
    } catch (error) {
      return await this.otherwise(place, wanted, since3, error, signal);
    }
  }

  /** MLflow 3 has quicker ways to some files; `undefined` where they do not lead there. */
  private async direct(
    place: ArtifactPlace,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource | undefined> {
    const root = await this.roots.of(place.owner, signal);
    const request = servedRequest(root, place.path, 'GET');
    if (request !== undefined && !this.servedIsPoor) {
      return this.served(request, wanted, signal);
    }
    if (!/^s3:/i.test(root) || this.presignedFails || !takenAsWritten(place.path)) {
      return undefined;
    }
    const own = await this.ownPlace(place, signal);
    const found = await this.signed(own, wanted, false, signal);
    this.presignedFails = found === undefined && own.owner.kind === 'run';
    return found;
  }

  /** A server that fetches what it hands out from elsewhere does not say here how long it is. */
  private async served(
    request: BytesRequest,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource | undefined> {
    const { reply, detail } = await this.api.open(withRange(request, wanted), signal);
    if (!('body' in reply)) {
      return undefined;
    }
    const isPoor = reply.headers['content-length'] === undefined;
    this.servedIsPoor ||= isPoor;
    if (isPoor || isPage(reply.headers)) {
      discard(reply);
      return undefined;
    }
    return sourceOf(reply, wanted, detail);
  }

  /** Whatever fails here, the server itself is asked next, unless it has no such file. */
  private async signed(
    place: ArtifactPlace,
    wanted: Wanted,
    isOnlyWay: boolean,
    signal: AbortSignal,
  ): Promise<ByteSource | undefined> {
    try {
      const root = await this.roots.of(place.owner, signal);
      return await this.presigned.open(place, root, wanted, isOnlyWay, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof MlflowError && error.reason !== 'missing') {
        return undefined;
      }
      throw error;
    }
  }

  /** The same file as one of the run or the logged model that a version was made of. */
  private async ownPlace(place: ArtifactPlace, signal: AbortSignal): Promise<ArtifactPlace> {
    if (place.owner.kind !== 'version') {
      return place;
    }
    const own = await this.roots.placeOf(place.owner, signal);
    return 'uri' in own ? place : { owner: own.owner, path: joinPath(own.path, place.path) };
  }

  /** A server may hand out nothing itself, and sign addresses of its storage all the same. */
  private async otherwise(
    place: ArtifactPlace,
    wanted: Wanted,
    since3: boolean,
    error: unknown,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    signal.throwIfAborted();
    const isLast = !(error instanceof MlflowError) || error.kind === 'notFound' || !since3;
    if (isLast || !takenAsWritten(place.path)) {
      throw await this.explained(place, error, signal);
    }
    const own = await this.ownPlace(place, signal);
    const isOnlyWay = error.reason === 'forbidden';
    const found = await this.signed(own, wanted, isOnlyWay, signal);
    if (found === undefined) {
      throw error;
    }
    return found;
  }

  /** Of some names servers make others, or refuse them, although their listings have them. */
  private async explained(
    place: ArtifactPlace,
    error: unknown,
    signal: AbortSignal,
  ): Promise<unknown> {
    const isOfServer =
      error instanceof MlflowError && error.kind !== 'unauthorized' && error.kind !== 'malformed';
    if (!isOfServer || takenAsWritten(place.path) || !(await this.isThere(place, signal))) {
      return error;
    }
    return new MlflowError('unsupported', 'artifacts', {
      origin: error.detail.origin,
      request: error.detail.request,
      rootUri: displayUri(await this.roots.of(place.owner, signal)),
      serverMessage: `MLflow hands out no file of this name: ${place.path}`,
    });
  }

  private async ask(
    place: ArtifactPlace,
    request: BytesRequest,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    const asked = withRange(request, wanted);
    let answer = await this.api.open(asked, signal);
    const isRefused = (reply: BytesReply['reply']): reply is Reply =>
      !('body' in reply) && reply.status === 416;
    const isUnsaid =
      isRefused(answer.reply) && contentRange(answer.reply.contentRange)?.size === undefined;
    if (isUnsaid && asked.headers?.['range'] !== undefined) {
      // Some servers refuse ranges of what is empty, and do not say that it is.
      answer = await this.api.open(withRange(request, { from: 0 }), signal);
    }
    const { reply, detail } = answer;
    if ('body' in reply) {
      if (isPage(reply.headers)) {
        discard(reply);
        throw new MlflowError('unreachable', 'html', { ...detail, status: reply.status });
      }
      return sourceOf(reply, wanted, detail);
    }
    const size = isRefused(reply) ? contentRange(reply.contentRange)?.size : undefined;
    if (size !== undefined) {
      return emptySource(size);
    }
    throw await this.failureOf(place, answer, signal);
  }

  /** What a bad answer means. MLflow 2 sends the same page whatever is wrong: then its listing has to tell. */
  private async failureOf(
    place: ArtifactPlace,
    { reply, detail }: BytesReply,
    signal: AbortSignal,
  ): Promise<unknown> {
    const failure =
      ('text' in reply ? replyFailure(reply, detail) : undefined) ??
      new MlflowError('malformed', 'shape', detail);
    const isFolder = /refers to a directory/.test(failure.detail.serverMessage ?? '');
    if (isFolder || (reply.status === 500 && !(await this.isThere(place, signal)))) {
      const serverMessage = `No such file: '${place.path}'`;
      return new MlflowError('notFound', 'missing', { ...failure.detail, serverMessage });
    }
    return reply.status === 500
      ? unreachableRoot(await this.roots.of(place.owner, signal), failure)
      : failure;
  }

  private async isThere({ owner, path }: ArtifactPlace, signal: AbortSignal): Promise<boolean> {
    const folder = path.split('/').slice(0, -1).join('/');
    const { files } = await this.listings.list(owner, folder, signal);
    return files.some((file) => file.path === path && !file.isDirectory);
  }
}

function withRange(request: BytesRequest, wanted: Wanted): BytesRequest {
  return { ...request, headers: { ...request.headers, ...rangeHeaders(wanted) } };
}

/** MLflow sends files as attachments, all of them; a page to sign in, say, is none. */
function isPage(headers: OpenReply['headers']): boolean {
  return (
    (headers['content-type'] ?? '').includes('text/html') &&
    headers['content-disposition'] === undefined
  );
}
