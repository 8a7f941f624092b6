/** Addresses inside MLflow's own web pages, relative to `ServerInfo.uiUrl` (hash routes of MLflow 2 and 3). */
export const webPages = {
  experiment: (experimentId: string): string => `#/experiments/${encodeURIComponent(experimentId)}`,
  run: (experimentId: string, runId: string): string =>
    `#/experiments/${encodeURIComponent(experimentId)}/runs/${encodeURIComponent(runId)}`,
  model: (name: string): string => `#/models/${encodeURIComponent(name)}`,
  modelVersion: (name: string, version: string): string =>
    `#/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`,
};
