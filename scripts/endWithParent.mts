const variable = 'MLFLOW_WORKBENCH_PARENT';

/**
 * Ends this process, and with it all that it holds through `startTied`, when the bootstrap that started
 * it is gone: a killed bootstrap passes on no signal.
 */
export const endWithParent = (): void => {
  const parent = Number(process.env[variable]);
  // What this process starts has another parent.
  delete process.env[variable];
  if (!(parent > 0) || process.platform === 'win32') return;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1_000).unref();
};
