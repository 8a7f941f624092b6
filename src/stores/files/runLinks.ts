import { dirname, join } from 'node:path';
import type { DatasetInput, ModelOutput } from '../../mlflow/model';
import type { Meta } from './meta';
import { readPythonInt } from './pythonNumbers';
import type { Shelf } from './shelf';

const inputShape = { required: ['source_type', 'source_id'], last: 'tags' };
const outputShape = { required: ['destination_type', 'destination_id'], last: 'tags' };
const datasetShape = { required: ['name', 'digest'], last: 'source_type' };
/** A dataset's id is the MD5 of its name and digest. */
const plainName = /^[\w-]+$/;

/** The datasets that the run in a folder used: `inputs/` points to those of its experiment. */
export async function readDatasets(
  shelf: Shelf,
  runFolder: string,
  signal: AbortSignal,
): Promise<DatasetInput[]> {
  const inputs = await linkedMetas(shelf, join(runFolder, 'inputs'), inputShape, signal);
  const datasets: DatasetInput[] = [];
  for (const { path, meta } of inputs) {
    const id = meta.text('source_id') ?? '';
    if (meta.text('source_type') !== 'DATASET') {
      continue;
    }
    const folder = join(dirname(runFolder), 'datasets', id);
    const dataset = plainName.test(id) && (await shelf.metas.read(folder, datasetShape, signal));
    if (dataset) {
      datasets.push(toDataset(dataset, meta));
    } else {
      shelf.problems.leftOut(path, `there is no dataset ${id}`);
    }
  }
  return datasets;
}

/** The logged models that the run in a folder made. */
export async function readModelOutputs(
  shelf: Shelf,
  runFolder: string,
  signal: AbortSignal,
): Promise<ModelOutput[]> {
  const outputs = await linkedMetas(shelf, join(runFolder, 'outputs'), outputShape, signal);
  return outputs
    .filter(({ meta }) => meta.text('destination_type') === 'MODEL_OUTPUT')
    .map(({ meta }) => ({
      modelId: meta.text('destination_id') ?? '',
      step: readPythonInt(meta.text('step') ?? '') ?? 0,
    }));
}

async function linkedMetas(
  { disk, metas }: Shelf,
  folder: string,
  shape: { required: string[]; last: string },
  signal: AbortSignal,
): Promise<{ path: string; meta: Meta }[]> {
  const found: { path: string; meta: Meta }[] = [];
  for (const name of disk.names(folder) ?? []) {
    const path = join(folder, name);
    const meta = await metas.read(path, shape, signal);
    if (meta !== undefined) found.push({ path, meta });
  }
  return found;
}

function toDataset(dataset: Meta, input: Meta): DatasetInput {
  return {
    name: dataset.text('name') ?? '',
    digest: dataset.text('digest') ?? '',
    sourceType: dataset.text('source_type') ?? '',
    source: dataset.text('source') ?? '',
    schema: dataset.text('schema'),
    profile: dataset.text('profile'),
    tags: input.pairs('tags'),
  };
}
