import type { ArtifactPlace } from '../mlflow/model';
import { chosenArtifacts } from './chosenArtifacts';
import { artifactReference } from '../mlflow/artifactReference';
import type { CommandHandler } from './commandContext';
import { copyTexts } from './copyLines';

/** Copies paths below their runs or models. */
export const copyArtifactPath: CommandHandler = copying(({ path }) => path);

/** Copies what MLflow finds the artifacts by, such as `runs:/<id>/<path>`. */
export const copyArtifactUri: CommandHandler = copying(artifactReference);

function copying(textOf: (place: ArtifactPlace) => string): CommandHandler {
  return async (context, targets, resources = []) => {
    const chosen = await chosenArtifacts(context, targets, resources, { owners: false });
    await copyTexts(chosen.map(({ place }) => textOf(place)));
  };
}
