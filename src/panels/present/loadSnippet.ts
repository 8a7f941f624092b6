import { loggedFolders } from '../../mlflow/loggedFolders';
import type { LoggedModel, Run } from '../../mlflow/model';

/** A model that can be loaded: MLflow's address of it, and a module of MLflow that loads it. */
interface Loadable {
  readonly uri: string;
  readonly module: string;
}

const most = 5;
/** As `mlflow.<module>.load_model` has them; of a model that has several, the general one is enough. */
const general = 'pyfunc';

/**
 * Python that loads what a run logged; empty where it logged no model. MLflow 3 keeps models beside runs; before,
 * the tag `mlflow.log-model.history` says which folders of the run's artifacts are models, and in which flavors.
 */
export function loadSnippet(run: Run, logged: readonly LoggedModel[]): string {
  const loadable = logged.length > 0 ? logged.map(ofLogged) : ofHistory(run);
  if (loadable.length === 0) {
    return '';
  }
  const lines = loadable
    .slice(0, most)
    .map(({ uri, module }) => `model = mlflow.${module}.load_model(${pythonText(uri)})`);
  return ['import mlflow', '', ...lines, ''].join('\n');
}

function ofLogged({ id }: LoggedModel): Loadable {
  return { uri: `models:/${id}`, module: general };
}

function ofHistory(run: Run): readonly Loadable[] {
  return loggedFolders(run).map(({ path, flavors }) => ({
    uri: `runs:/${run.id}/${path}`,
    module: moduleOf(flavors),
  }));
}

function moduleOf(flavors: readonly string[]): string {
  const own = flavors.find((name) => /^[a-z][a-z0-9_]*$/.test(name) && name !== 'python_function');
  return flavors.includes('python_function') || own === undefined ? general : own;
}

/** A literal of Python: JSON's escapes of text mean the same there. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}
