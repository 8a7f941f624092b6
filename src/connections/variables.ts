/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Whose word something is: the person's at this machine, or that of files that came with a workspace. */
export type Owner = 'user' | 'workspace';

export interface Owned<T> {
  readonly value: T;
  readonly owner: Owner;
}

/** Where MLflow's environment variables come from. */
export interface VariableSources {
  /** The variables of this process. */
  readonly environment: Variables;
  /** Those of the folder's `.env`; empty while the workspace is not trusted. */
  readonly envFile: Variables;
}

/** A variable as MLflow would see it after it loaded `.env`, which sets only what is not set yet. */
export function variable(
  { environment, envFile }: VariableSources,
  name: string,
): Owned<string> | undefined {
  const own = environment[name];
  if (own !== undefined) {
    return { value: own, owner: 'user' };
  }
  const loaded = envFile[name];
  return loaded === undefined ? undefined : { value: loaded, owner: 'workspace' };
}

/**
 * A variable that is true or false, by MLflow's reading of it; `undefined` where it is not set, or
 * neither (which MLflow refuses).
 */
export function flag(sources: VariableSources, name: string): Owned<boolean> | undefined {
  const found = variable(sources, name);
  const text = found?.value.toLowerCase() ?? '';
  return found !== undefined && ['true', 'false', '1', '0'].includes(text)
    ? { value: text === 'true' || text === '1', owner: found.owner }
    : undefined;
}
