import type { ArtifactPlace } from './model';

/** What MLflow's own client finds an artifact by: `runs:/<id>/<path>`, or `models:/…` for the files of models. */
export function artifactReference({ owner, path }: ArtifactPlace): string {
  const inner = path === '' ? '' : `/${path}`;
  switch (owner.kind) {
    case 'run':
      return `runs:/${owner.runId}${inner}`;
    case 'loggedModel':
      return `models:/${owner.modelId}${inner}`;
    case 'version':
      return `models:/${owner.name}/${owner.version}${inner}`;
  }
}
