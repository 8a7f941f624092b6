/**
 * Places inside MLflow's own web pages (hash routes of MLflow 2 and 3), as fragments of
 * `ServerInfo.uiUrl`. They are plain: VS Code encodes the address that it opens, and what was
 * encoded already a second time.
 */
export const webPages = {
  experiment: (experimentId: string): string => `/experiments/${experimentId}`,
  run: (experimentId: string, runId: string): string =>
    `/experiments/${experimentId}/runs/${runId}`,
  model: (name: string): string => `/models/${name}`,
  modelVersion: (name: string, version: string): string => `/models/${name}/versions/${version}`,
};
