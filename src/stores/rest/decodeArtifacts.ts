import * as z from 'zod/mini';
import type { ArtifactListing } from '../../mlflow/model';
import { decode, wireInteger, wireList, wireText } from './decode';

const wireListing = z.object({
  root_uri: wireText,
  files: wireList(
    z.object({
      path: z.string(),
      is_dir: z.nullish(z.boolean()),
      file_size: z.nullish(wireInteger),
    }),
  ),
});

/** `artifacts/list` and `logged-models/<id>/artifacts/directories`; paths are the server's word for it. */
export function decodeArtifactListing(value: unknown): ArtifactListing {
  const listing = decode(wireListing, value);
  return {
    rootUri: listing.root_uri ?? '',
    files: (listing.files ?? []).map(({ path, is_dir: isDirectory, file_size: size }) => ({
      path,
      isDirectory: isDirectory ?? false,
      size: size === null || size === undefined ? undefined : Number(size),
    })),
  };
}
