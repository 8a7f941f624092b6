import type { ArtifactOwner, ArtifactPlace, ModelVersion } from './model';
import type { TrackingStore } from './trackingStore';

/** Something whose files are its own; a version's are those of another. */
export type FileOwner = Exclude<ArtifactOwner, { readonly kind: 'version' }>;

/** Where the files of a version are: below another owner's root, or at an address of their own. */
export type VersionPlace =
  { readonly owner: FileOwner; readonly path: string } | { readonly uri: string };

type Asked = Pick<TrackingStore, 'getModelVersion' | 'getRun'>;
type Version = Extract<ArtifactOwner, { readonly kind: 'version' }>;

/** Copies of copies were seen; a circle was not, and must not be followed for ever. */
const mostCopies = 5;

/** Looks up whose files a version's are, by its `source` as MLflow writes it. */
export async function versionPlace(
  { name, version }: Version,
  store: Asked,
  signal: AbortSignal,
): Promise<VersionPlace> {
  let found = await store.getModelVersion(name, version, signal);
  for (let copies = 0; copies < mostCopies; copies++) {
    const of = /^models:\/+([^/@]+)\/(\d+)$/.exec(found.source);
    if (of === null) {
      break;
    }
    found = await store.getModelVersion(of[1] ?? '', of[2] ?? '', signal);
  }
  return sourcePlace(found) ?? (await placeInRun(found, store, signal)) ?? { uri: found.source };
}

function sourcePlace({ source, modelId }: ModelVersion): ArtifactPlaceOf | undefined {
  const [, runId, path = ''] = /^runs:\/+([^/]+)(?:\/(.*))?$/s.exec(source) ?? [];
  if (runId !== undefined) {
    return { owner: { kind: 'run', runId }, path: trimmed(path) };
  }
  const id =
    modelId ??
    /^models:\/+(m-[^/]+)\/*$/.exec(source)?.[1] ??
    /\/models\/(m-[0-9a-f]{32})\/artifacts\/*$/.exec(source)?.[1];
  return id === undefined ? undefined : { owner: { kind: 'loggedModel', modelId: id }, path: '' };
}

/** A run may be gone while its model lives on. */
async function placeInRun(
  { source, runId }: ModelVersion,
  store: Asked,
  signal: AbortSignal,
): Promise<ArtifactPlaceOf | undefined> {
  if (runId === undefined) {
    return undefined;
  }
  const run = await store.getRun(runId, signal).catch((error: unknown) => {
    if (signal.aborted) {
      throw error;
    }
  });
  const root = run?.artifactUri.replace(/\/+$/, '');
  return root !== undefined && root !== '' && `${source}/`.startsWith(`${root}/`)
    ? { owner: { kind: 'run', runId }, path: trimmed(source.slice(root.length)) }
    : undefined;
}

type ArtifactPlaceOf = Omit<ArtifactPlace, 'owner'> & { readonly owner: FileOwner };

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
