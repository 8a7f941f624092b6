/** Every id that the manifest (`package.json`) and the code share; a test compares the two, both ways. */
export const views = {
  experiments: 'mlflow.experiments',
  models: 'mlflow.models',
  launches: 'mlflow.launches',
} as const;

export const commands = {
  setTrackingUri: 'mlflow.setTrackingUri',
  signIn: 'mlflow.signIn',
  signOut: 'mlflow.signOut',
  refresh: 'mlflow.refresh',
  showLog: 'mlflow.showLog',
  openInMlflowUi: 'mlflow.openInMlflowUi',
  openRun: 'mlflow.openRun',
  openRunById: 'mlflow.openRunById',
  switchConnection: 'mlflow.switchConnection',
  openBeside: 'mlflow.openBeside',
  closeConnection: 'mlflow.closeConnection',
  forgetConnection: 'mlflow.forgetConnection',
  retry: 'mlflow.retry',
  loadMore: 'mlflow.loadMore',
  searchExperiments: 'mlflow.searchExperiments',
  clearExperimentSearch: 'mlflow.clearExperimentSearch',
  sortExperiments: 'mlflow.sortExperiments',
  pinExperiment: 'mlflow.pinExperiment',
  unpinExperiment: 'mlflow.unpinExperiment',
  showDeleted: 'mlflow.showDeleted',
  showActive: 'mlflow.showActive',
  filterRuns: 'mlflow.filterRuns',
  filterByCreationTime: 'mlflow.filterByCreationTime',
  clearRunFilter: 'mlflow.clearRunFilter',
  sortRuns: 'mlflow.sortRuns',
  createExperiment: 'mlflow.createExperiment',
  renameExperiment: 'mlflow.renameExperiment',
  editExperimentNote: 'mlflow.editExperimentNote',
  deleteExperiment: 'mlflow.deleteExperiment',
  restoreExperiment: 'mlflow.restoreExperiment',
  renameRun: 'mlflow.renameRun',
  setRunTag: 'mlflow.setRunTag',
  editRunNote: 'mlflow.editRunNote',
  deleteRuns: 'mlflow.deleteRuns',
  restoreRuns: 'mlflow.restoreRuns',
  renameSelection: 'mlflow.renameSelection',
  deleteSelection: 'mlflow.deleteSelection',
  renameModelSelection: 'mlflow.renameModelSelection',
  deleteModelSelection: 'mlflow.deleteModelSelection',
  undoDelete: 'mlflow.undoDelete',
  watchRun: 'mlflow.watchRun',
  unwatchRun: 'mlflow.unwatchRun',
  copyExperimentId: 'mlflow.copyExperimentId',
  openRunsTable: 'mlflow.openRunsTable',
  exportRuns: 'mlflow.exportRuns',
  compareRuns: 'mlflow.compareRuns',
  showImages: 'mlflow.showImages',
  copyRunId: 'mlflow.copyRunId',
  copyRunLink: 'mlflow.copyRunLink',
  copyModelUri: 'mlflow.copyModelUri',
  downloadArtifacts: 'mlflow.downloadArtifacts',
  logArtifact: 'mlflow.logArtifact',
  compareArtifact: 'mlflow.compareArtifact',
  openTensorBoard: 'mlflow.openTensorBoard',
  openAsText: 'mlflow.openAsText',
  openAsTable: 'mlflow.openAsTable',
  copyValue: 'mlflow.copyValue',
  searchModels: 'mlflow.searchModels',
  clearModelSearch: 'mlflow.clearModelSearch',
  revealSourceRun: 'mlflow.revealSourceRun',
  openModelVersion: 'mlflow.openModelVersion',
  compareModelVersions: 'mlflow.compareModelVersions',
  registerModel: 'mlflow.registerModel',
  promoteToProduction: 'mlflow.promoteToProduction',
  transitionStage: 'mlflow.transitionStage',
  setAlias: 'mlflow.setAlias',
  deleteAlias: 'mlflow.deleteAlias',
  copyModelVersion: 'mlflow.copyModelVersion',
  createModel: 'mlflow.createModel',
  renameModel: 'mlflow.renameModel',
  deleteModel: 'mlflow.deleteModel',
  deleteModelVersions: 'mlflow.deleteModelVersions',
  editModelNote: 'mlflow.editModelNote',
  setModelTag: 'mlflow.setModelTag',
  deleteModelTag: 'mlflow.deleteModelTag',
  sortModels: 'mlflow.sortModels',
  openArtifact: 'mlflow.openArtifact',
  findArtifact: 'mlflow.findArtifact',
  copyArtifactPath: 'mlflow.copyArtifactPath',
  copyArtifactUri: 'mlflow.copyArtifactUri',
  runEntryPoint: 'mlflow.runEntryPoint',
  runAgain: 'mlflow.runAgain',
  stopLaunch: 'mlflow.stopLaunch',
  showLaunchTerminal: 'mlflow.showLaunchTerminal',
  openLaunchedRun: 'mlflow.openLaunchedRun',
  retryLaunch: 'mlflow.retryLaunch',
  removeLaunch: 'mlflow.removeLaunch',
  removeEndedLaunches: 'mlflow.removeEndedLaunches',
  launchSweep: 'mlflow.launchSweep',
  stopSweep: 'mlflow.stopSweep',
  resumeSweep: 'mlflow.resumeSweep',
  retryFailedRuns: 'mlflow.retryFailedRuns',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

export const settings = {
  trackingUri: 'mlflow.trackingUri',
  registryUri: 'mlflow.registryUri',
  interpreter: 'mlflow.interpreter',
  requestHeaders: 'mlflow.requestHeaders',
  workspace: 'mlflow.workspace',
  tlsCaFile: 'mlflow.tls.caFile',
  tlsClientCertificate: 'mlflow.tls.clientCertificate',
  tlsInsecure: 'mlflow.tls.insecure',
  refreshInterval: 'mlflow.refreshInterval',
  pageSize: 'mlflow.pageSize',
  notifyWhenRunEnds: 'mlflow.notifyWhenRunEnds',
  promoteMode: 'mlflow.promote.mode',
  promoteAlias: 'mlflow.promote.alias',
  promoteArchiveExisting: 'mlflow.promote.archiveExisting',
  launchEnvironmentManager: 'mlflow.launch.environmentManager',
  launchEnvironment: 'mlflow.launch.environment',
  launchExtraArguments: 'mlflow.launch.extraArguments',
  sweepFiles: 'mlflow.sweep.files',
  sweepWarnAbove: 'mlflow.sweep.warnAbove',
  sweepParallelism: 'mlflow.sweep.parallelism',
} as const;
export type SettingId = (typeof settings)[keyof typeof settings];

/** Keys for `when` clauses. */
export const contextKeys = {
  /** `none` (nothing to connect to), `connecting`, `ready` or `failed`. */
  connection: 'mlflow.connection',
  /** True while the Experiments view is narrowed by a search. */
  experimentSearch: 'mlflow.experimentSearch',
  /** True while the Models view is narrowed by a search. */
  modelSearch: 'mlflow.modelSearch',
  /** `active` or `deleted`: which experiments and runs the Experiments view shows. */
  lifecycle: 'mlflow.lifecycle',
  /** True while there is a deletion that can be undone. */
  canUndoDelete: 'mlflow.canUndoDelete',
  /** Paths of open files that are sweep files. */
  sweepFiles: 'mlflow.sweepFiles',
  /** True while a launch is listed that has ended. */
  hasEndedLaunches: 'mlflow.hasEndedLaunches',
} as const;
export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

/**
 * Kinds of rows, as the first word of a tree item's `contextValue`; facets follow after `;`,
 * e.g. `experiment;pinned;filtered`. Menus match them with `viewItem =~ /^experiment\b/`.
 */
export const rowKinds = {
  connection: 'connection',
  experiment: 'experiment',
  run: 'run',
  group: 'group',
  param: 'param',
  metric: 'metric',
  tag: 'tag',
  /** What a run left behind, as a whole. */
  artifacts: 'artifacts',
  /** A model that a run logged, which has files of its own. */
  loggedModel: 'loggedModel',
  artifact: 'artifact',
  model: 'registeredModel',
  version: 'modelVersion',
  loadMore: 'loadMore',
  error: 'error',
  launch: 'launch',
} as const;

/** Further words of a row's `contextValue`. */
export const rowFacets = {
  pinned: 'pinned',
  filtered: 'filtered',
  deleted: 'deleted',
  /** A run in progress. */
  live: 'live',
  /** A run whose end somebody asked to be told. */
  watched: 'watched',
  hasSourceRun: 'hasSourceRun',
  /** A version that aliases point at. */
  aliased: 'aliased',
  /** A connection that was put beside the others, and can be closed. */
  beside: 'beside',
  /** A failure to connect at all. */
  ofConnection: 'ofConnection',
  /** An artifact that is a folder. */
  folder: 'folder',
  /** A folder that holds a model, or the `MLmodel` in it, which can be registered. */
  model: 'model',
  /** A picture that VS Code shows. */
  image: 'image',
  /** CSV, TSV or Parquet. */
  table: 'table',
  /** A run that a project made. */
  project: 'project',
  /** A launch that still runs. */
  going: 'going',
  /** A launch whose run in MLflow is known. */
  hasRun: 'hasRun',
  /** A launch of many runs, or the parent run of one. */
  sweep: 'sweep',
  /** A launch of one of a sweep's runs. */
  ofSweep: 'ofSweep',
  /** A sweep that ended before all was done, or a launch that did. */
  resumable: 'resumable',
  /** A sweep of which runs failed. */
  hasFailed: 'hasFailed',
  /** A failure that signing in may mend. */
  signIn: 'signIn',
} as const;

/** Kinds of pages, by which VS Code finds who restores them. */
export const pages = {
  compare: 'mlflow.compare',
  runs: 'mlflow.runs',
  run: 'mlflow.run',
  version: 'mlflow.version',
  versions: 'mlflow.versions',
  images: 'mlflow.images',
  pictures: 'mlflow.pictures',
  tables: 'mlflow.tables',
} as const;

/** Items of the status bar. */
export const statusItems = {
  connection: 'mlflow.connection',
} as const;

/** The language of files called MLproject. */
export const projectLanguage = 'mlproject';

/** Scheme of artifacts as documents of the editor. */
export const artifactScheme = 'mlflow';

/** Our own previews of artifacts, as editors that VS Code opens documents in. */
export const customEditors = {
  table: 'mlflow.table',
  report: 'mlflow.report',
  map: 'mlflow.map',
  modelSummary: 'mlflow.modelSummary',
} as const;

/** Scheme of the descriptions of runs and experiments, as documents. */
export const noteScheme = 'mlflow-note';

/** Number of contributed run colours, `mlflow.run1` … `mlflow.run12`. */
export const runColorCount = 12;

/** The theme colour of a run, 0-based index. */
export function runColorId(index: number): string {
  return `mlflow.run${(index % runColorCount) + 1}`;
}

/** Where the workspace remembers the sweeps that go on, for the case that the window closes. */
export const sweepsKey = 'mlflow.sweeps';

/** Type of the tasks that run projects. */
export const taskType = 'mlflow';
