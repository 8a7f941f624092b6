import type { Tag } from './model';

/** Where MLflow notes what it logged with a meaning (`mlflow.utils.mlflow_tags.MLFLOW_LOGGED_ARTIFACTS`). */
const loggedArtifacts = 'mlflow.loggedArtifacts';

/** Whether a run's tags say that a file was logged as a table, with `mlflow.log_table`. */
export function isLoggedTable(tags: readonly Tag[], path: string): boolean {
  const noted = tags.find(({ key }) => key === loggedArtifacts)?.value;
  return noted !== undefined && notedTables(noted).includes(path);
}

/** `[{"path": "table.json", "type": "table"}]`; anything else names none. */
function notedTables(noted: string): readonly string[] {
  try {
    const entries: unknown = JSON.parse(noted);
    if (!Array.isArray(entries)) {
      return [];
    }
    return entries.flatMap((entry: unknown) => {
      const { path, type } = (entry ?? {}) as { path?: unknown; type?: unknown };
      return typeof path === 'string' && type === 'table' ? [path] : [];
    });
  } catch {
    return [];
  }
}
