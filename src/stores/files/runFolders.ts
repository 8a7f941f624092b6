import { basename, join } from 'node:path';
import type { KeyValue, Run } from '../../mlflow/model';
import type { ViewType } from '../../mlflow/trackingStore';
import { missing } from '../local/refusals';
import type { ExperimentFolders } from './experimentFolders';
import { Pace } from './pace';
import { readDatasets, readModelOutputs } from './runLinks';
import type { RunParts } from './runParts';
import { type RunInfo, runShape, toRunInfo } from './runInfo';
import type { Shelf } from './shelf';
import { textFields } from './textFields';

/** MLflow's rule for the ids of runs (`_RUN_ID_REGEX`), which keeps paths inside, too. */
const validId = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}$/u;
/** `FileStore.RESERVED_EXPERIMENT_FOLDERS`. */
const reserved = ['tags', 'datasets', 'traces', 'models'];
/** So many broken files are waited for together. */
const atOnce = 100;

/** A run that was found, not yet read beyond its `meta.yaml`. */
export interface RunFolder {
  readonly path: string;
  readonly info: RunInfo;
}

/** The runs in the folders of experiments. */
export class RunFolders {
  constructor(
    private readonly shelf: Shelf,
    private readonly experiments: ExperimentFolders,
  ) {}

  /** The runs of an experiment that can be read, in no order; none where there is no such experiment. */
  async list(experimentId: string, view: ViewType, signal: AbortSignal): Promise<RunFolder[]> {
    const parent = this.experiments.folderOf(experimentId);
    const names = this.namesIn(parent);
    const pace = new Pace(signal);
    const runs: RunFolder[] = [];
    for (let start = 0; start < names.length; start += atOnce) {
      const found = await Promise.all(
        names
          .slice(start, start + atOnce)
          .filter((name) => !reserved.includes(name) && validId.test(name))
          .map((name) => this.find(join(parent ?? '', name), experimentId, signal)),
      );
      for (const run of found) {
        if (run && (view === 'all' || run.info.lifecycleStage === view)) runs.push(run);
      }
      await pace.step();
    }
    return runs;
  }

  /** Looks through every experiment; rejects with `notFound`. */
  async get(id: string, signal: AbortSignal): Promise<RunFolder> {
    const pace = new Pace(signal);
    const folders =
      validId.test(id) && !reserved.includes(id) ? this.experiments.folders('all') : [];
    for (const parent of folders) {
      await pace.step();
      const run = await this.find(join(parent, id), basename(parent), signal);
      if (run !== undefined) return run;
    }
    throw missing(`Run '${id}' not found`);
  }

  /** A run with all that belongs to it. */
  async read({ path, info }: RunFolder, signal: AbortSignal): Promise<Run> {
    const { disk, problems, latest } = this.shelf;
    const tags = textFields(disk, join(path, 'tags'), problems);
    return {
      ...info,
      name: info.name || tags.find(({ key }) => key === 'mlflow.runName')?.value || info.id,
      params: textFields(disk, join(path, 'params'), problems),
      metrics: await latest.of(join(path, 'metrics'), signal),
      tags,
      datasets: await readDatasets(this.shelf, path, signal),
      modelOutputs: await readModelOutputs(this.shelf, path, signal),
    };
  }

  /** A run with some of what belongs to it. */
  async readParts({ path, info }: RunFolder, parts: RunParts, signal: AbortSignal): Promise<Run> {
    const { disk, problems, latest } = this.shelf;
    const texts = (folder: string, keys: readonly string[]): KeyValue[] =>
      keys.length === 0 ? [] : textFields(disk, join(path, folder), problems, keys);
    const name = info.name || texts('tags', ['mlflow.runName'])[0]?.value;
    return {
      ...info,
      name: name || info.id,
      params: texts('params', parts.params),
      metrics:
        parts.metrics.length === 0
          ? []
          : await latest.of(join(path, 'metrics'), signal, parts.metrics),
      tags: texts('tags', parts.tags),
      datasets: parts.datasets ? await readDatasets(this.shelf, path, signal) : [],
      modelOutputs: [],
    };
  }

  private namesIn(experiment: string | undefined): readonly string[] {
    const names = experiment === undefined ? [] : this.shelf.disk.names(experiment);
    if (names === undefined && experiment !== undefined) {
      this.shelf.problems.leftOut(experiment, 'the folder cannot be read');
    }
    return names ?? [];
  }

  private async find(
    path: string,
    experimentId: string,
    signal: AbortSignal,
  ): Promise<RunFolder | undefined> {
    const meta = await this.shelf.metas.read(path, runShape, signal);
    const info = meta && toRunInfo(meta);
    if (info === undefined) {
      return undefined;
    }
    if (info.experimentId !== experimentId || info.id !== basename(path)) {
      const whose = `run ${info.id} of experiment ${info.experimentId}`;
      this.shelf.problems.leftOut(path, `its meta.yaml is of ${whose}`);
      return undefined;
    }
    return { path, info };
  }
}
