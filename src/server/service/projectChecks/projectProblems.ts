import type { ServiceContext } from '../fileService';
import type { ProjectDocument } from '../projectDocument';
import { checkCommand } from './checkCommand';
import { checkDefault } from './checkDefaults';
import { checkDocker } from './checkDocker';
import { checkEnvironments } from './checkEnvironments';
import { checkFileName } from './checkFileName';
import { checkKeys } from './checkKeys';
import { checkParameters } from './checkParameters';
import { checkScripts } from './checkScripts';
import { checkShape } from './checkShape';
import { checkSparkJob } from './checkSparkJob';
import { checkYaml } from './checkYaml';
import type { ProjectProblem } from './projectProblem';

/** More would only hide one another. */
const mostProblems = 500;

/** All that is wrong with an MLproject file, in the order of the text. */
export async function projectProblems(
  { text, yaml, project }: ProjectDocument,
  { files }: ServiceContext,
): Promise<readonly ProjectProblem[]> {
  const written = [...checkFileName(text.uri, yaml), ...checkYaml(yaml)];
  // MLflow stops there, and the rest would be guesses.
  if (yaml.problem !== undefined) return written;
  const { entryPoints } = project;
  const problems = [
    ...written,
    ...checkShape(yaml, project),
    ...checkKeys(project),
    ...checkDocker(project),
    ...checkSparkJob(project),
    ...entryPoints.flatMap((point) => [
      ...checkParameters(yaml.text, point),
      ...checkCommand(yaml.text, point),
    ]),
  ];
  const asked = await Promise.all([
    checkEnvironments(project, files),
    ...entryPoints
      .slice(0, 200)
      .flatMap((point) => [
        checkScripts(point, files),
        ...point.parameters.slice(0, 200).map((parameter) => checkDefault(parameter, files)),
      ]),
  ]);
  return inOrder([...problems, ...asked.flat()]);
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
