import * as aliases from './aliases';
import * as copying from './copyVersion';
import * as deletingModels from './deleteModels';
import * as model from './modelCommands';
import * as keys from './modelKeys';
import * as modelLife from './modelLife';
import * as modelTags from './modelTags';
import * as promotion from './promote';
import * as registering from './registerModel';
import * as stage from './transitionStage';
import * as versionPages from './versionPages';

export type RegistryHandlers = typeof registryHandlers;

/** What each command of the registry does; loaded with the first of them. */
export const registryHandlers = {
  searchModels: model.searchModels,
  clearModelSearch: model.clearModelSearch,
  copyModelUri: model.copyModelUri,
  openModelVersion: versionPages.openModelVersion,
  compareModelVersions: versionPages.compareModelVersions,
  registerModel: registering.registerModel,
  promoteToProduction: promotion.promoteToProduction,
  transitionStage: stage.transitionStage,
  setAlias: aliases.setAlias,
  deleteAlias: aliases.deleteAlias,
  copyModelVersion: copying.copyModelVersion,
  createModel: modelLife.createModel,
  renameModel: modelLife.renameModel,
  deleteModel: deletingModels.deleteModels,
  deleteModelVersions: deletingModels.deleteModels,
  renameModelSelection: keys.renameModelSelection,
  deleteModelSelection: keys.deleteModelSelection,
  sortModels: modelLife.sortModels,
  editModelNote: modelTags.editModelNote,
  setModelTag: modelTags.setModelTag,
  deleteModelTag: modelTags.deleteModelTag,
};
