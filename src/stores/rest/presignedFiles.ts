import * as z from 'zod/mini';
import type { ArtifactPlace } from '../../mlflow/model';
import type { ByteSource } from '../bytes/byteSource';
import type { Api } from './api';
import { joinPath, servedPath } from './artifactRoots';
import { escapePath } from './artifactRoutes';
import { decode, wireInteger } from './decode';
import type { OpenReply } from './exchange';
import { rangeHeaders, sourceOf, type Wanted } from './openReply';

const addressOf = (value: unknown): string =>
  decode(z.object({ presigned_url: z.string(), file_size: z.nullish(wireInteger) }), value)
    .presigned_url;
const addressOfServed = (value: unknown): string =>
  decode(z.object({ url: z.string() }), value).url;

/**
 * Files that the storage hands out itself, at addresses that the server signs (MLflow 3): the server need not fetch
 * them whole first. The storage gets neither our sign-in nor our headers.
 */
export class PresignedFiles {
  constructor(private readonly api: Api) {}

  /**
   * Rejects where the server signs none, has no such file (`missing`), or the storage does not answer from here. `isOnlyWay`: the
   * server refused to send the file itself.
   */
  async open(
    place: ArtifactPlace,
    root: string,
    wanted: Wanted,
    isOnlyWay: boolean,
    signal: AbortSignal,
  ): Promise<ByteSource | undefined> {
    const address = await this.addressOf(place, root, isOnlyWay, signal);
    if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) {
      return undefined;
    }
    return this.at(new URL(address), wanted, signal);
  }

  private async at(
    address: URL,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<ByteSource | undefined> {
    const { reply, detail } = await this.api.openElsewhere(address, rangeHeaders(wanted), signal);
    if ('body' in reply) {
      return sourceOf(reply, wanted, detail, md5Of(reply));
    }
    // Storages refuse any range of an empty file.
    return reply.status === 416 && wanted.from !== 0
      ? this.at(address, { from: 0 }, signal)
      : undefined;
  }

  private async addressOf(
    { owner, path }: ArtifactPlace,
    root: string,
    isOnlyWay: boolean,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const served = servedPath(root);
    if (served !== undefined) {
      const call = `presigned/${escapePath(joinPath(served, path))}`;
      const request = { method: 'GET', call, service: 'mlflow-artifacts', settles: 500 } as const;
      return this.api.ask(request, addressOfServed, signal);
    }
    if (owner.kind === 'run') {
      const call = 'artifacts/presigned-download-url';
      const body = { run_id: owner.runId, path };
      return this.api.ask({ method: 'POST', call, body, settles: 500 }, addressOf, signal);
    }
    // Servers that do not know of this send the file.
    return owner.kind === 'loggedModel' && isOnlyWay
      ? this.addressInModel(owner.modelId, path, signal)
      : undefined;
  }

  private addressInModel(modelId: string, path: string, signal: AbortSignal): Promise<string> {
    const call = `logged-models/${encodeURIComponent(modelId)}/artifacts/files`;
    const query = new URLSearchParams({ artifact_file_path: path, presigned: 'true' });
    const request = { method: 'GET', call, ofPages: true, query, settles: 500 } as const;
    return this.api.ask(request, addressOfServed, signal);
  }
}

/**
 * S3's tag is the MD5 of what was put there in one piece, unless it is encrypted with a key of its own
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html); MLflow's own servers have tags of 32 digits that are not.
 */
function md5Of({ headers }: OpenReply): string | undefined {
  const encryption = headers['x-amz-server-side-encryption'] ?? 'AES256';
  const isOfS3 = headers['x-amz-request-id'] !== undefined && encryption === 'AES256';
  const isPlain = headers['x-amz-server-side-encryption-customer-algorithm'] === undefined;
  const tag = /^"([0-9a-f]{32})"$/.exec(String(headers['etag'] ?? ''))?.[1];
  return isOfS3 && isPlain ? tag : undefined;
}
