import type { EntryPointModel } from '../project/projectModel';
import type { ProjectDocument } from '../projectDocument';
import type { ProjectFiles } from '../projectFiles';
import { checkCommand, checkPointName } from './checkCommand';
import { checkDefault } from './checkDefaults';
import { checkDocker } from './checkDocker';
import { checkEnvironments } from './checkEnvironments';
import { checkFileName } from './checkFileName';
import { checkKeys } from './checkKeys';
import { checkParameters, checkTypes } from './checkParameters';
import { checkScripts } from './checkScripts';
import { checkShape } from './checkShape';
import { checkSparkJob } from './checkSparkJob';
import { checkYaml } from './checkYaml';
import { collect, mostProblems } from './collect';
import type { ProjectProblem } from './projectProblem';

/** Entry points, and parameters, whose files are looked for. */
const mostAsked = 2000;

/** All that is wrong with an MLproject file, in the order of the text. */
export async function projectProblems(
  { text, yaml, project }: ProjectDocument,
  { files }: { readonly files: Pick<ProjectFiles, 'kindOf'> },
): Promise<readonly ProjectProblem[]> {
  const written = [...checkFileName(text.uri, yaml), ...checkYaml(yaml)];
  // MLflow stops there, and the rest would be guesses.
  if (yaml.problem !== undefined) return written;
  const points = onceEach(project.entryPoints, ({ map, entry }) => map ?? entry);
  const ownParameters = onceEach(points, ({ parameters }) => parameters);
  const commands = onceEach(points, pairIds());
  const problems = [
    ...written,
    ...checkShape(yaml, project),
    ...checkKeys(project, points, ownParameters),
    ...checkDocker(project),
    ...checkSparkJob(project),
    ...collect(project.entryPoints, (point) => checkPointName(yaml.text, point)),
    ...collect(ownParameters, (point) => checkParameters(yaml.text, point)),
    ...collect(commands, (point) => checkCommand(yaml.text, point)),
    ...collect(commands, (point) => checkTypes(yaml.text, point)),
  ];
  const asked = await Promise.all([
    checkEnvironments(yaml.text, project, files),
    ...commands.slice(0, mostAsked).map((point) => checkScripts(point, files)),
    ...ownParameters
      .flatMap(({ parameters }) => parameters)
      .slice(0, mostAsked)
      .map((parameter) => checkDefault(parameter, files)),
  ]);
  return inOrder([...problems, ...asked.flat()]);
}

/** Aliases may make one and the same thing part of many entry points. */
function onceEach(
  points: readonly EntryPointModel[],
  what: (point: EntryPointModel) => unknown,
): readonly EntryPointModel[] {
  const seen = new Set<unknown>();
  return points.filter((point) => !seen.has(what(point)) && seen.add(what(point)));
}

/** The same for entry points that have both their command and their parameters in common. */
function pairIds(): (point: EntryPointModel) => unknown {
  const ids = new Map<unknown, number>();
  const idOf = (one: unknown): number => {
    const id = ids.get(one) ?? ids.size;
    ids.set(one, id);
    return id;
  };
  return ({ command, entry, parameters }) => `${idOf(command ?? entry)} ${idOf(parameters)}`;
}

/** Errors are kept first; the same thing is said once, even where an alias brings it twice. */
function inOrder(problems: readonly ProjectProblem[]): ProjectProblem[] {
  const once = new Map<string, ProjectProblem>();
  for (const problem of problems) {
    once.set(
      `${problem.code} ${problem.span.start} ${problem.span.end} ${problem.message}`,
      problem,
    );
  }
  const kept = [...once.values()];
  if (kept.length > mostProblems) {
    kept.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
    kept.length = mostProblems;
  }
  return kept.sort((a, b) => a.span.start - b.span.start);
}
