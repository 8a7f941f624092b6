import type { commands } from '../ids';
import type { CommandHandler } from './commandContext';
import * as compareArtifacts from './compareArtifact';
import * as compare from './compareRuns';
import * as copyArtifacts from './copyArtifact';
import * as connection from './connectionCommands';
import * as deletions from './deleteThings';
import * as downloading from './downloadArtifacts';
import * as experiment from './experimentCommands';
import * as experimentWrites from './experimentWrites';
import * as finding from './findArtifact';
import * as keys from './keyCommands';
import * as launches from './launchCommands';
import * as list from './listCommands';
import * as openArtifacts from './openArtifact';
import * as openAs from './openAs';
import * as logging from './logArtifact';
import * as openRuns from './openRun';
import * as tensorBoard from './openTensorBoard';
import type { RegistryHandlers } from './registry/registryHandlers';
import * as run from './runCommands';
import * as runWrites from './runWrites';
import * as tags from './setRunTag';
import * as images from './showImages';
import * as table from './tableCommands';
import * as switching from './switchConnection';
import * as signing from './signInCommands';
import * as watch from './watchCommands';

export { openReference } from './openReference';
export { showRuns } from './showRuns';

/** What each command does, but those of the registry; an id without a handler does not compile. */
export const handlers: Record<
  Exclude<keyof typeof commands, keyof RegistryHandlers>,
  CommandHandler
> = {
  setTrackingUri: connection.setTrackingUri,
  signIn: signing.signIn,
  signOut: signing.signOut,
  switchConnection: switching.switchConnection,
  openBeside: switching.openBeside,
  closeConnection: switching.closeConnection,
  forgetConnection: switching.forgetConnection,
  showLog: connection.showLog,
  openInMlflowUi: connection.openInMlflowUi,
  refresh: list.refresh,
  retry: list.retry,
  loadMore: list.loadMore,
  copyValue: list.copyValue,
  searchExperiments: experiment.searchExperiments,
  clearExperimentSearch: experiment.clearExperimentSearch,
  sortExperiments: experiment.sortExperiments,
  pinExperiment: experiment.pinExperiment,
  unpinExperiment: experiment.unpinExperiment,
  showDeleted: experiment.showDeleted,
  showActive: experiment.showActive,
  createExperiment: experimentWrites.createExperiment,
  renameExperiment: experimentWrites.renameExperiment,
  editExperimentNote: experimentWrites.editExperimentNote,
  deleteExperiment: experimentWrites.deleteExperiment,
  restoreExperiment: experimentWrites.restoreExperiment,
  renameRun: runWrites.renameRun,
  setRunTag: tags.setRunTag,
  editRunNote: runWrites.editRunNote,
  deleteRuns: runWrites.deleteRuns,
  restoreRuns: runWrites.restoreRuns,
  renameSelection: keys.renameSelection,
  deleteSelection: keys.deleteSelection,
  undoDelete: deletions.undoDelete,
  copyExperimentId: experiment.copyExperimentId,
  openRun: openRuns.openRun,
  openRunById: run.openRunById,
  filterRuns: run.filterRuns,
  filterByCreationTime: run.filterByCreationTime,
  clearRunFilter: run.clearRunFilter,
  sortRuns: run.sortRuns,
  watchRun: watch.watchRun,
  unwatchRun: watch.unwatchRun,
  openRunsTable: table.openRunsTable,
  exportRuns: table.exportRuns,
  compareRuns: compare.compareRuns,
  showImages: images.showImages,
  copyRunId: run.copyRunId,
  copyRunLink: run.copyRunLink,
  revealSourceRun: run.revealSourceRun,
  openArtifact: openArtifacts.openArtifact,
  findArtifact: finding.findArtifact,
  copyArtifactPath: copyArtifacts.copyArtifactPath,
  copyArtifactUri: copyArtifacts.copyArtifactUri,
  downloadArtifacts: downloading.downloadArtifacts,
  logArtifact: logging.logArtifact,
  compareArtifact: compareArtifacts.compareArtifact,
  runEntryPoint: launches.runEntryPoint,
  runAgain: launches.runAgain,
  stopLaunch: launches.stopLaunch,
  showLaunchTerminal: launches.showLaunchTerminal,
  openLaunchedRun: launches.openLaunchedRun,
  retryLaunch: launches.retryLaunch,
  removeLaunch: launches.removeLaunch,
  removeEndedLaunches: launches.removeEndedLaunches,
  launchSweep: launches.launchSweep,
  stopSweep: launches.stopSweep,
  resumeSweep: launches.resumeSweep,
  retryFailedRuns: launches.retryFailedRuns,
  openTensorBoard: tensorBoard.openTensorBoard,
  openAsText: openAs.openAsText,
  openAsTable: openAs.openAsTable,
};
