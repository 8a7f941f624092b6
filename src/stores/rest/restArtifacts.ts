import { MlflowError } from '../../mlflow/errors';
import type { ArtifactListing, ArtifactOwner, ArtifactPlace } from '../../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  SaveProgress,
  SavedArtifact,
} from '../../mlflow/trackingStore';
import { type ByteSource, toStream } from '../bytes/byteSource';
import { saveBytes } from '../bytes/saveBytes';
import type { Api, BytesReply } from './api';
import { fileRequest } from './artifactRoutes';
import { contentRange, emptySource, rangeHeaders, sourceOf, type Wanted } from './openReply';
import { replyFailure } from './replyFailure';

type List = (owner: ArtifactOwner, path: string, signal: AbortSignal) => Promise<ArtifactListing>;

/** The bytes of artifacts, as a server hands them out. */
export class RestArtifacts {
  constructor(
    private readonly api: Api,
    private readonly list: List,
  ) {}

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
    return saveBytes(
      (from, validator, asked) => this.source(place, { from, validator }, asked),
      target,
      onProgress,
      signal,
    );
  }

  private async source(
    place: ArtifactPlace,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    const request = { ...fileRequest(place), headers: rangeHeaders(wanted) };
    const answer = await this.api.open(request, signal);
    const { reply, detail } = answer;
    if ('body' in reply) {
      return sourceOf(reply, wanted, detail);
    }
    if (reply.status === 416) {
      const size = contentRange(reply.contentRange)?.size;
      return size === undefined ? this.wholeInstead(place, wanted, signal) : emptySource(size);
    }
    throw await this.failureOf(place, answer, signal);
  }

  /** Some servers refuse ranges of what is empty, and do not say that it is. */
  private async wholeInstead(
    place: ArtifactPlace,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource> {
    const request = { ...fileRequest(place), headers: rangeHeaders({ from: 0 }) };
    const answer = await this.api.open(request, signal);
    const { reply, detail } = answer;
    if ('body' in reply) {
      return sourceOf(reply, wanted, detail);
    }
    throw await this.failureOf(place, answer, signal);
  }

  /** What a bad answer means. MLflow 2 answers with the same page of HTML whatever is wrong: then its listing has to tell. */
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
      return new MlflowError('notFound', 'missing', {
        ...failure.detail,
        serverMessage: place.path,
      });
    }
    return failure;
  }

  private async isThere({ owner, path }: ArtifactPlace, signal: AbortSignal): Promise<boolean> {
    const folder = path.split('/').slice(0, -1).join('/');
    const { files } = await this.list(owner, folder, signal);
    return files.some((file) => file.path === path && !file.isDirectory);
  }
}
