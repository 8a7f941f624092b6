import type { EntryPointModel, ProjectModel } from '../project/projectModel';
import type { Sweep } from './sweepModel';

/** The entry point that a sweep runs. */
export interface SweepTarget {
  readonly name: string;
  /** Undefined where the project has none of that name. */
  readonly entryPoint: EntryPointModel | undefined;
  /** Whether MLflow runs the name as a script: it takes any parameters. */
  readonly isScript: boolean;
}

/** The one that is named, else `main`, else the only one there is. */
export function sweepTarget(sweep: Sweep, { entryPoints }: ProjectModel): SweepTarget {
  const named = sweep.entryPoint?.text;
  const [first, second] = entryPoints;
  const only = second === undefined ? first : undefined;
  const find = (name: string): EntryPointModel | undefined =>
    entryPoints.find((one) => one.name === name);
  const entryPoint = named === undefined ? (find('main') ?? only) : find(named);
  const name = entryPoint?.name ?? named ?? 'main';
  return { name, entryPoint, isScript: entryPoint === undefined && /\.(py|sh|R)$/.test(name) };
}
