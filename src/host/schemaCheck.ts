/**
 * Python that ends with {@link schemaExitCode}, having said both ids, unless a SQLite database has the very
 * schema that the MLflow of this Python works with: MLflow migrates an older one for good when a server opens it
 * (`SqlAlchemyStore.__init__`), and then the MLflow that made it cannot open it any more. The newest schema is the
 * revision in MLflow's `store/db_migrations` that no other one follows; reading that as text takes 0.05 s, importing
 * MLflow two seconds. The path of the database stands in `MLFLOW_WORKBENCH_DATABASE`.
 */
export const schemaCheck = `
def check_schema():
    import importlib.util, os, pathlib, re, sqlite3
    path = os.environ.pop("MLFLOW_WORKBENCH_DATABASE", "")
    spec = importlib.util.find_spec("mlflow")
    if not path or spec is None or spec.origin is None:
        return
    made, followed = set(), set()
    folder = pathlib.Path(spec.origin).parent / "store" / "db_migrations" / "versions"
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf8")
        made.update(re.findall(r"^revision[^=\\n]*=\\s*[\\"'](\\w+)", text, re.M))
        for before in re.findall(r"^down_revision[^=\\n]*=\\s*(\\([^)]*\\)|[^\\n]*)", text, re.M):
            followed.update(re.findall(r"[\\"'](\\w+)[\\"']", before))
    newest = sorted(made - followed)
    try:
        database = sqlite3.connect(pathlib.Path(path).absolute().as_uri() + "?mode=ro", uri=True)
        found = sorted(row[0] for row in database.execute("SELECT version_num FROM alembic_version"))
        database.close()
    except sqlite3.Error:
        return
    if found != newest:
        print("workbench-schema", "+".join(found) or "?", "+".join(newest) or "?", flush=True)
        os._exit(3)
check_schema()
`;

export const schemaExitCode = 3;

/** The schema of the database and the one that MLflow works with, out of what was printed. */
export function schemasIn(
  output: string,
): { readonly found: string; readonly wanted: string } | undefined {
  const [, found, wanted] = /^workbench-schema (\S{1,80}) (\S{1,80})$/m.exec(output) ?? [];
  return found === undefined || wanted === undefined ? undefined : { found, wanted };
}
