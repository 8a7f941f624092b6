import { MlflowError } from '../../mlflow/errors';
import type { ArtifactOwner } from '../../mlflow/model';
import type { TrackingStore } from '../../mlflow/trackingStore';
import { displayUri } from '../../mlflow/trackingUri';
import { type VersionPlace, versionPlace } from '../../mlflow/versionPlace';

type Store = Pick<TrackingStore, 'getRun' | 'getLoggedModel' | 'getModelVersion'>;

/** Remembered are so many; none of them ever changes. */
const limit = 1000;

/** Where artifacts lie, by what the server says about their owners. */
export class ArtifactRoots {
  private readonly known = new Map<string, Promise<string>>();
  private readonly places = new Map<string, Promise<VersionPlace>>();

  constructor(private readonly store: Store) {}

  /** The `artifact_uri`. */
  of(owner: ArtifactOwner, signal: AbortSignal): Promise<string> {
    return remembered(this.known, JSON.stringify(owner), () => this.ask(owner, signal));
  }

  /** Whose files a version's are. */
  placeOf(
    version: Extract<ArtifactOwner, { readonly kind: 'version' }>,
    signal: AbortSignal,
  ): Promise<VersionPlace> {
    const key = JSON.stringify([version.name, version.version]);
    return remembered(this.places, key, () => versionPlace(version, this.store, signal));
  }

  private async ask(owner: ArtifactOwner, signal: AbortSignal): Promise<string> {
    switch (owner.kind) {
      case 'run':
        return (await this.store.getRun(owner.runId, signal)).artifactUri;
      case 'loggedModel':
        return (await this.store.getLoggedModel(owner.modelId, signal)).artifactUri;
      case 'version': {
        const place = await this.placeOf(owner, signal);
        return 'uri' in place
          ? place.uri
          : joinPath(await this.of(place.owner, signal), place.path);
      }
    }
  }
}

/** A failure is not remembered, and neither is an answer that nobody waited for. */
function remembered<T>(
  known: Map<string, Promise<T>>,
  key: string,
  ask: () => Promise<T>,
): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) {
    return before;
  }
  const asked = ask();
  asked.then(
    () => {
      if (known.size >= limit) {
        known.clear();
      }
      known.set(key, asked);
    },
    () => undefined,
  );
  return asked;
}

/** Below the folder that the server itself keeps for artifacts; `undefined` for what lies elsewhere. */
export function servedPath(root: string): string | undefined {
  return /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*?)\/*$/s.exec(root)?.[1];
}

/** Whether a server needs more than its own disk to get at them. */
function isRemote(root: string): boolean {
  return /^(?!file:|mlflow-artifacts:)[a-z][a-z0-9+.-]+:/i.test(root);
}

/** What a failure of the server means: where the artifacts are not its own, that it cannot reach them. */
export function unreachableRoot(root: string, failure: MlflowError): MlflowError {
  const { reason, detail } = failure;
  const isUnserved = servedPath(root) !== undefined && detail.errorCode !== undefined;
  return reason === 'serverError' && (isRemote(root) || isUnserved)
    ? new MlflowError('unsupported', 'artifacts', { ...detail, rootUri: displayUri(root) })
    : failure;
}

/** With one slash in between, unless one of them is empty. */
export function joinPath(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder.replace(/\/+$/, '')}/${path}`;
}
