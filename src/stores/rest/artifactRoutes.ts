import type { ArtifactPlace } from '../../mlflow/model';
import type { BytesRequest } from './api';
import { joinPath, servedPath } from './artifactRoots';

/** Slashes stay. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Where a server of either version hands out a file, whoever keeps it. */
export function fileRequest({ owner, path }: ArtifactPlace): BytesRequest {
  const common = { method: 'GET', below: 'pages', settles: 500 } as const;
  switch (owner.kind) {
    case 'run': {
      // MLflow 2 and 3 both take this name of the parameter.
      const query = new URLSearchParams({ run_uuid: owner.runId, path });
      return { ...common, path: '/get-artifact', query };
    }
    case 'loggedModel': {
      const model = encodeURIComponent(owner.modelId);
      const query = new URLSearchParams({ artifact_file_path: path });
      const files = `/ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files`;
      return { ...common, path: files, query };
    }
    case 'version': {
      const query = new URLSearchParams({ name: owner.name, version: owner.version, path });
      return { ...common, path: '/model-versions/get-artifact', query };
    }
  }
}

/**
 * Where a server hands out a file of its own folder, and takes one; `undefined` for what lies elsewhere. MLflow 3 sends from here about
 * three times as fast; MLflow 2 neither says how long a file is nor sends a part of it.
 */
export function servedRequest(
  root: string,
  path: string,
  method: 'GET' | 'PUT',
): BytesRequest | undefined {
  const served = servedPath(root);
  return served === undefined
    ? undefined
    : {
        method,
        below: 'api',
        path: `/api/2.0/mlflow-artifacts/artifacts/${escapePath(joinPath(served, path))}`,
        settles: method === 'GET' ? 500 : undefined,
      };
}
