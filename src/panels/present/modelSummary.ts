import type { ArtifactPlace } from '../../mlflow/model';
import { loaderOf, type MlModel } from '../../mlflow/mlModel';
import {
  paramTypeText,
  typeText,
  type SchemaField,
  type SchemaParam,
} from '../../mlflow/signature';
import type { LoadCode, ModelSummary, SchemaRow } from '../../protocol/modelSummaryPage';

/** What is said about a model beside what its file says, in the language of the editor. */
export interface SummaryTexts {
  readonly facts: ModelSummary['facts'];
  readonly signatureProblem: string | undefined;
}

/** A model as the page takes it. */
export function presentModel(
  model: MlModel,
  place: ArtifactPlace,
  { facts, signatureProblem }: SummaryTexts,
): ModelSummary {
  const { signature, example, environment } = model;
  return {
    flavors: model.flavors,
    inputs: signature?.inputs?.map(fieldRow),
    outputs: signature?.outputs?.map(fieldRow),
    params: signature?.params?.map(paramRow),
    signatureProblem,
    facts,
    metadata: model.metadata,
    example: example && {
      file: file(example.path),
      type: example.type,
      serving: example.servingPath === undefined ? undefined : file(example.servingPath),
    },
    environment: [environment.python, environment.conda, 'requirements.txt'].flatMap((path) =>
      path === undefined ? [] : [file(path)],
    ),
    load: loadCode(model, place),
  };
}

/** Lines that load a model, one for each address that it has: the one that it was opened by first. */
export function loadCode(model: MlModel, place: ArtifactPlace): readonly LoadCode[] {
  const loader = loaderOf(model) ?? 'pyfunc';
  return [...new Set(modelUris(model, place))].map((uri) => ({
    uri,
    code: `import mlflow\n\nmodel = mlflow.${loader}.load_model(${JSON.stringify(uri)})\n`,
  }));
}

function modelUris({ modelId, runId }: MlModel, { owner, path }: ArtifactPlace): readonly string[] {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const logged = modelId === undefined ? [] : [`models:/${modelId}`];
  switch (owner.kind) {
    case 'version':
      return [`models:/${owner.name}/${owner.version}`, ...logged];
    case 'loggedModel':
      return folder === '' ? [`models:/${owner.modelId}`] : logged;
    case 'run':
      return [...logged, `runs:/${runId ?? owner.runId}/${folder}`];
  }
}

function fieldRow({ name, type, isRequired }: SchemaField): SchemaRow {
  return { name: name ?? '', type: typeText(type), isRequired };
}

function paramRow(param: SchemaParam): SchemaRow {
  const { name, defaultValue } = param;
  return { name, type: paramTypeText(param), isRequired: false, defaultValue };
}

function file(path: string): { readonly path: string; readonly text: string } {
  return { path, text: path };
}
