import path from 'node:path';
import type { LaunchProgram } from '../../projects/launchContracts';
import type { RayConfig } from './rayConfig';
import { RayProblem } from './rayProblem';

/** Where a program is on the cluster, and what has to be there for it. */
export interface PlacedProgram {
  /** As it is called from the working directory. */
  readonly program: LaunchProgram;
  /** A folder of this machine that is sent, a URI that the cluster reads, or nothing: MLflow fetches the project. */
  readonly source: { readonly folder: string } | { readonly uri: string } | undefined;
}

/** @param from where a relative working directory counts from: the folder of the configuration */
export function placeProgram(
  program: LaunchProgram,
  { workingDir }: RayConfig,
  from: string | undefined,
): PlacedProgram {
  const remote = workingDir !== undefined && isUri(workingDir) ? { uri: workingDir } : undefined;
  const home = homeOf(program);
  if (home === undefined) return { program, source: sourceOf(workingDir, from) };
  if (remote !== undefined) return { program: calledFrom(program, ''), source: remote };
  const folder = workingDir === undefined ? home : path.resolve(from ?? home, workingDir);
  const below = path.relative(folder, home);
  if (below.startsWith('..') || path.isAbsolute(below)) throw new RayProblem('outside', folder);
  return { program: calledFrom(program, below.replaceAll(path.sep, '/')), source: { folder } };
}

function sourceOf(
  workingDir: string | undefined,
  from: string | undefined,
): PlacedProgram['source'] {
  if (workingDir === undefined) return undefined;
  return isUri(workingDir) ? { uri: workingDir } : { folder: path.resolve(from ?? '', workingDir) };
}

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text);
}

/** The folder of a program of this machine; undefined for a Git URI. */
function homeOf(program: LaunchProgram): string | undefined {
  if (program.kind === 'script') return program.folder;
  const [folder = ''] = program.uri.split('#', 1);
  return path.isAbsolute(folder) ? folder : undefined;
}

function calledFrom(program: LaunchProgram, below: string): LaunchProgram {
  if (program.kind === 'script') {
    const file = path.isAbsolute(program.file)
      ? path.relative(program.folder, program.file)
      : program.file;
    if (file.startsWith('..') || path.isAbsolute(file)) {
      throw new RayProblem('outside', program.folder);
    }
    return { ...program, file: path.posix.join(below, file.replaceAll(path.sep, '/')) };
  }
  const fragment = /#.*$/s.exec(program.uri)?.[0] ?? '';
  return { ...program, uri: (below === '' ? '.' : `./${below}`) + fragment };
}
