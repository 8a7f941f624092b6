import type { ArtifactPlace } from '../../mlflow/model';
import type { BytesRequest } from './api';

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
      return {
        ...common,
        path: `/ajax-api/2.0/mlflow/logged-models/${model}/artifacts/files`,
        query,
      };
    }
    case 'version': {
      const query = new URLSearchParams({ name: owner.name, version: owner.version, path });
      return { ...common, path: '/model-versions/get-artifact', query };
    }
  }
}
