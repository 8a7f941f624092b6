import { basename, join } from 'node:path';
import type { LoggedModel, MetricPoint } from '../../mlflow/model';
import { missing } from '../local/refusals';
import type { ExperimentFolders } from './experimentFolders';
import { keyFiles } from './keyFiles';
import type { Meta } from './meta';
import type { MetaShape } from './metaFiles';
import { latestOfEachDataset } from './modelMetricLines';
import { Pace } from './pace';
import type { Shelf } from './shelf';
import { textFields } from './textFields';

const validId = /^[\p{L}\p{N}_-]+$/u;
const shape: MetaShape = { required: ['model_id', 'experiment_id'], last: 'status' };
/** As numbered in MLflow's `LoggedModelStatus`. */
const statuses = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'];

/** Logged models, which lie in `models/` of their experiment. */
export class LoggedModelFolders {
  constructor(
    private readonly shelf: Shelf,
    private readonly experiments: ExperimentFolders,
  ) {}

  /** The models of an experiment that can be read and were not deleted. */
  async list(experimentId: string, signal: AbortSignal): Promise<LoggedModel[]> {
    const experiment = this.experiments.folderOf(experimentId);
    const folder = experiment && join(experiment, 'models');
    const names = (folder && this.shelf.disk.names(folder)) || [];
    const pace = new Pace(signal);
    const models: LoggedModel[] = [];
    for (const name of names) {
      await pace.step();
      const model = await this.read(join(folder ?? '', name), experimentId, signal);
      if (model !== undefined) models.push(model);
    }
    return models;
  }

  /** Looks through every experiment; rejects with `notFound`. */
  async get(
    id: string,
    signal: AbortSignal,
  ): Promise<{ readonly model: LoggedModel; readonly folder: string }> {
    const pace = new Pace(signal);
    for (const experiment of validId.test(id) ? this.experiments.folders('all') : []) {
      await pace.step();
      const folder = join(experiment, 'models', id);
      const model = await this.read(folder, basename(experiment), signal);
      if (model !== undefined) return { model, folder };
    }
    throw missing(`Model '${id}' not found`);
  }

  private async read(
    folder: string,
    experimentId: string,
    signal: AbortSignal,
  ): Promise<LoggedModel | undefined> {
    const { metas, disk, problems } = this.shelf;
    const meta = await metas.read(folder, shape, signal);
    if (meta === undefined || meta.text('lifecycle_stage') === 'deleted') {
      return undefined;
    }
    if (meta.text('experiment_id') !== experimentId || meta.text('model_id') !== basename(folder)) {
      problems.leftOut(folder, `its meta.yaml is of model ${meta.text('model_id')}`);
      return undefined;
    }
    return {
      ...toLoggedModel(meta),
      params: textFields(disk, join(folder, 'params'), problems),
      metrics: this.metricsIn(join(folder, 'metrics')),
      tags: textFields(disk, join(folder, 'tags'), problems),
    };
  }

  private metricsIn(folder: string): MetricPoint[] {
    const { disk, problems } = this.shelf;
    return keyFiles(disk, folder).flatMap(({ key, path, facts }) => {
      const found = disk.parsed(path, facts, latestOfEachDataset);
      if (found === undefined || found.brokenLines > 0) {
        problems.leftOut(path, 'lines that are broken');
      }
      return (found?.points ?? []).map((point) => ({ key, ...point }));
    });
  }
}

function toLoggedModel(meta: Meta): Omit<LoggedModel, 'params' | 'metrics' | 'tags'> {
  return {
    id: meta.text('model_id') ?? '',
    experimentId: meta.text('experiment_id') ?? '',
    name: meta.text('name') ?? '',
    artifactUri: meta.text('artifact_location') ?? '',
    status: statuses[meta.number('status') ?? 2] ?? 'UNSPECIFIED',
    modelType: meta.text('model_type') ?? '',
    sourceRunId: meta.name('source_run_id'),
    creationTime: meta.number('creation_timestamp'),
    lastUpdatedTime: meta.number('last_updated_timestamp'),
  };
}
