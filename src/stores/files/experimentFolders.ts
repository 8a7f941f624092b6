import { basename, join } from 'node:path';
import type { Experiment } from '../../mlflow/model';
import type { ViewType } from '../../mlflow/trackingStore';
import { missing } from '../local/refusals';
import type { Meta } from './meta';
import { Pace } from './pace';
import type { Shelf } from './shelf';
import { textFields } from './textFields';

/** MLflow's rule for the ids of experiments (`_EXPERIMENT_ID_REGEX`), which keeps paths inside, too. */
const validId = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,63}$/u;
const trash = '.trash';
/** Of the model registry. */
const modelsFolder = 'models';
const shape = { required: ['experiment_id', 'name'], last: 'name' };

/** The folders of a store's experiments: its own are active, those in its `.trash` are deleted. */
export class ExperimentFolders {
  constructor(private readonly shelf: Shelf) {}

  /** Every experiment of a view that can be read, in no order. */
  async list(view: ViewType, signal: AbortSignal): Promise<Experiment[]> {
    const pace = new Pace(signal);
    const found = new Map<string, Experiment>();
    for (const folder of this.folders(view)) {
      await pace.step();
      const experiment = await this.read(folder, signal);
      if (experiment !== undefined && !found.has(experiment.id)) {
        found.set(experiment.id, experiment);
      }
    }
    return [...found.values()];
  }

  /** Rejects with `notFound`. */
  async get(id: string, signal: AbortSignal): Promise<Experiment> {
    const folder = this.folderOf(id);
    const experiment = folder && (await this.read(folder, signal));
    if (!experiment) {
      throw missing(`Could not find experiment with ID ${id}`);
    }
    return experiment;
  }

  /** The folder of an experiment, active or deleted; `undefined` where there is none. */
  folderOf(id: string): string | undefined {
    if (!validId.test(id) || id === modelsFolder) {
      return undefined;
    }
    return [join(this.shelf.root, id), join(this.shelf.root, trash, id)].find(
      (folder) => this.shelf.disk.facts(folder)?.isDirectory() === true,
    );
  }

  /** The folders that may be experiments, active ones first. */
  folders(view: ViewType): string[] {
    const { root, disk } = this.shelf;
    const inside = (parent: string): string[] =>
      (disk.names(parent) ?? [])
        .filter((name) => validId.test(name) && (parent !== root || name !== modelsFolder))
        .map((name) => join(parent, name));
    return [
      ...(view === 'deleted' ? [] : inside(root)),
      ...(view === 'active' ? [] : inside(join(root, trash))),
    ];
  }

  private async read(folder: string, signal: AbortSignal): Promise<Experiment | undefined> {
    const { metas, problems, disk } = this.shelf;
    const meta = await metas.read(folder, shape, signal);
    const experiment = meta && toExperiment(meta);
    if (!experiment) {
      return undefined;
    }
    if (basename(folder) !== experiment.id) {
      problems.leftOut(folder, `its meta.yaml is of experiment ${experiment.id}`);
      return undefined;
    }
    return { ...experiment, tags: textFields(disk, join(folder, 'tags'), problems) };
  }
}

function toExperiment(meta: Meta): Experiment | undefined {
  const id = meta.name('experiment_id');
  if (id === undefined) {
    return undefined;
  }
  return {
    id,
    name: meta.text('name') ?? '',
    artifactLocation: meta.text('artifact_location') ?? '',
    lifecycleStage: meta.text('lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    creationTime: meta.number('creation_time'),
    lastUpdateTime: meta.number('last_update_time'),
    tags: [],
  };
}
