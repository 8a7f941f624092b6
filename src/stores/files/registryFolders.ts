import { basename, join } from 'node:path';
import type { ModelAlias, ModelVersion, RegisteredModel } from '../../mlflow/model';
import { invalid, missing } from '../local/refusals';
import type { Meta } from './meta';
import { Pace } from './pace';
import { latestVersions, modelShape, toModelVersion, versionShape } from './registryFacts';
import type { Shelf } from './shelf';
import { textFields } from './textFields';

/** What a version has once it was deleted; MLflow keeps its folder. */
const deletedStage = 'Deleted_Internal';

/** The model registry below `models/`: a folder for each model, with one for each version. */
export class RegistryFolders {
  private readonly root: string;

  constructor(private readonly shelf: Shelf) {
    this.root = join(shelf.root, 'models');
  }

  /** Every model that can be read, prompts included. */
  async models(signal: AbortSignal): Promise<RegisteredModel[]> {
    const pace = new Pace(signal);
    const models: RegisteredModel[] = [];
    for (const name of this.shelf.disk.names(this.root) ?? []) {
      await pace.step();
      const model = await this.readModel(join(this.root, name), signal);
      if (model !== undefined) models.push(model);
    }
    return models;
  }

  /** Rejects with `notFound`, and with `rejected` for a name that leads elsewhere. */
  async model(name: string, signal: AbortSignal): Promise<RegisteredModel> {
    const model = await this.readModel(this.folderOf(name), signal);
    if (model === undefined) {
      throw missing(`Registered Model with name=${name} not found`);
    }
    return model;
  }

  /** The versions of every model, without those that were deleted; their `aliases` are empty. */
  async versions(signal: AbortSignal): Promise<ModelVersion[]> {
    const pace = new Pace(signal);
    const versions: ModelVersion[] = [];
    for (const name of this.shelf.disk.names(this.root) ?? []) {
      await pace.step();
      versions.push(...(await this.readVersions(join(this.root, name), signal)));
    }
    return versions;
  }

  /** Rejects with `notFound`, and with `rejected` for a name that leads elsewhere. */
  async version(name: string, version: string, signal: AbortSignal): Promise<ModelVersion> {
    const folder = this.folderOf(name);
    const found = /^\d+$/.test(version)
      ? await this.readVersion(join(folder, `version-${version}`), signal)
      : undefined;
    if (found === undefined) {
      throw missing(`Model Version (name=${name}, version=${version}) not found`);
    }
    const aliases = this.aliasesIn(folder).filter((alias) => alias.version === found.version);
    return { ...found, aliases: aliases.map(({ alias }) => alias) };
  }

  private folderOf(name: string): string {
    if (name === '' || name === '.' || name === '..' || /[/\\%\0]/.test(name)) {
      throw invalid(`Invalid name: '${name}'. Registered model name cannot contain path separator`);
    }
    return join(this.root, name);
  }

  private async readModel(
    folder: string,
    signal: AbortSignal,
  ): Promise<RegisteredModel | undefined> {
    const { metas, disk, problems } = this.shelf;
    const meta = await metas.read(folder, modelShape, signal);
    if (meta === undefined || !this.isOf(meta, folder, folder)) {
      return undefined;
    }
    return {
      name: meta.text('name') ?? '',
      description: meta.text('description') ?? '',
      creationTime: meta.number('creation_timestamp'),
      lastUpdatedTime: meta.number('last_updated_timestamp'),
      tags: textFields(disk, join(folder, 'tags'), problems),
      aliases: this.aliasesIn(folder),
      latestVersions: latestVersions(await this.readVersions(folder, signal)),
    };
  }

  private aliasesIn(folder: string): ModelAlias[] {
    const { disk, problems } = this.shelf;
    const files = textFields(disk, join(folder, 'aliases'), problems);
    return files.map(({ key, value }) => ({ alias: key, version: value }));
  }

  private async readVersions(folder: string, signal: AbortSignal): Promise<ModelVersion[]> {
    const versions: ModelVersion[] = [];
    for (const name of this.shelf.disk.names(folder) ?? []) {
      const version = name.startsWith('version-')
        ? await this.readVersion(join(folder, name), signal)
        : undefined;
      if (version !== undefined) versions.push(version);
    }
    return versions;
  }

  private async readVersion(
    folder: string,
    signal: AbortSignal,
  ): Promise<ModelVersion | undefined> {
    const { metas, disk, problems } = this.shelf;
    const meta = await metas.read(folder, versionShape, signal);
    const version = meta && toModelVersion(meta);
    if (
      !version ||
      version.stage === deletedStage ||
      !this.isOf(meta, join(folder, '..'), folder)
    ) {
      return undefined;
    }
    return { ...version, tags: textFields(disk, join(folder, 'tags'), problems) };
  }

  /** A folder that was copied still has the name of the first in its file. */
  private isOf(meta: Meta, modelFolder: string, folder: string): boolean {
    const name = meta.text('name');
    const version = meta.text('version');
    const isOwn =
      name === basename(modelFolder) &&
      (folder === modelFolder || basename(folder) === `version-${version}`);
    if (!isOwn) {
      this.shelf.problems.leftOut(folder, `its meta.yaml is of ${name} ${version ?? ''}`);
    }
    return isOwn;
  }
}
