import * as vscode from 'vscode';

import { commands, type CommandId } from '../ids';
import type { ArtifactPlace, LoggedModel, Run } from '../mlflow/model';
import type { Targeted } from '../mlflow/target';
import type { RunArtifact, RunArtifactAction } from '../protocol/runPage';
import type { ComparedPlace } from '../state/comparedRuns';
import type { SessionStore } from '../state/sessionStore';

const does: Readonly<Record<RunArtifactAction['does'], CommandId>> = {
  open: commands.openArtifact,
  find: commands.findArtifact,
  download: commands.downloadArtifacts,
  register: commands.registerModel,
  copyPath: commands.copyArtifactPath,
  copyUri: commands.copyArtifactUri,
};

/** The artifacts of a run and of the models that it logged, as its page lists and opens them. */
export class RunArtifacts {
  /** Names of models by their ids, as far as they were listed. */
  private readonly models = new Map<string, string>();

  constructor(
    private readonly place: ComparedPlace,
    private readonly store: SessionStore,
  ) {}

  /** One folder; in the root the models come first, each of them a folder of its own. */
  async list(path: string, run: Run | undefined, signal: AbortSignal): Promise<RunArtifact[]> {
    const folder = this.toPlace(path);
    const [listing, models] = await Promise.all([
      this.store.ask((store) => store.listArtifacts(folder.owner, folder.path, signal), signal),
      path === '' && run !== undefined ? this.modelsOf(run) : [],
    ]);
    const { owner } = folder;
    const start = owner.kind === 'loggedModel' ? modelFolder(owner.modelId) : '';
    return [
      ...models.map(({ id, name }): RunArtifact => ({
        ...{ path: modelFolder(id), name: name || id },
        ...{ isDirectory: true, isModel: true, size: undefined },
      })),
      ...listing.files.map((file): RunArtifact => {
        const name = file.path.slice(folder.path === '' ? 0 : folder.path.length + 1);
        const { isDirectory, size } = file;
        const own = start === '' ? file.path : `${start}/${file.path}`;
        return { path: own, name, isDirectory, isModel: false, size };
      }),
    ];
  }

  /** Does with an artifact what the command of the same name does. */
  async act(
    { does: what, path, isDirectory, size }: RunArtifactAction,
    run: Run | undefined,
  ): Promise<void> {
    const place = this.toPlace(path);
    const { owner } = place;
    const { connection, runId } = this.place;
    const ownerName =
      owner.kind === 'loggedModel'
        ? (this.models.get(owner.modelId) ?? owner.modelId)
        : (run?.name ?? runId);
    const argument: Targeted = {
      target: { kind: 'artifact', connection, place, ownerName, isDirectory, size },
    };
    await vscode.commands.executeCommand(does[what], argument);
  }

  /** What fails here is said where the page lists the run's models. */
  private async modelsOf(run: Run): Promise<readonly LoggedModel[]> {
    const list = this.store.session?.artifacts?.loggedModels(run);
    await list?.ensure();
    const models = list?.items ?? [];
    models.forEach(({ id, name }) => this.models.set(id, name || id));
    return models;
  }

  /** Paths of a run do not begin with a slash; those in a model begin with one and its id. */
  private toPlace(path: string): ArtifactPlace {
    const [, modelId, inner = ''] = /^\/([^/]+)(?:\/(.*))?$/s.exec(path) ?? [];
    return modelId === undefined
      ? { owner: { kind: 'run', runId: this.place.runId }, path }
      : { owner: { kind: 'loggedModel', modelId }, path: inner };
  }
}

function modelFolder(id: string): string {
  return `/${id}`;
}
