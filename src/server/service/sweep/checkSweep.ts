import * as l10n from '@vscode/l10n';
import { nearest } from '../nearest';
import type { EntryPointModel } from '../project/projectModel';
import type { ServiceContext } from '../fileService';
import { countRuns } from './countRuns';
import { checkReadings, checkTypes } from './checkValues';
import type { ProjectBeside } from './projectBeside';
import type { Sweep, SweepParameter } from './sweepModel';
import type { SweepProblem } from './sweepProblem';
import { mostProblems, replacement } from './sweepReader';
import { sweepTarget } from './sweepTarget';

/** Values that are looked at one by one. */
const mostRead = 10_000;

/** What is wrong with a sweep in its project, and with how much it would do. */
export async function checkSweep(
  sweep: Sweep,
  project: ProjectBeside | undefined,
  context: ServiceContext,
): Promise<SweepProblem[]> {
  const values = sweep.parameters
    .flatMap(({ domain }) => (domain.kind === 'values' ? domain.values : []))
    .slice(0, mostRead);
  const problems = [...checkCount(sweep, context.settings.sweepRuns), ...checkReadings(values)];
  if (project !== undefined) {
    problems.push(...(await checkInProject(sweep, project, context)));
  } else if (
    sweep.program !== undefined &&
    (await context.files.kindOf(sweep.program.text)) === 'missing'
  ) {
    const { text, span } = sweep.program;
    const message = l10n.t('There is no file {0} here.', text);
    problems.push({ code: 'sweep-unknown-entry-point', severity: 'error', span, message });
  }
  return problems;
}

function checkCount(sweep: Sweep, bound: number): SweepProblem[] {
  const count = countRuns(sweep);
  if (count === 'endless') {
    const message = l10n.t('Nothing ends this sweep; `run_cap` would.');
    return [{ code: 'sweep-endless', severity: 'warning', span: sweep.head, message }];
  }
  if (typeof count !== 'number' || count <= bound) return [];
  const message = Number.isFinite(count)
    ? l10n.t('This sweep makes {0} runs, more than {1}.', count.toLocaleString('en'), bound)
    : l10n.t('This sweep makes more runs than can be counted.');
  return [{ code: 'sweep-many-runs', severity: 'warning', span: sweep.head, message }];
}

async function checkInProject(
  sweep: Sweep,
  { document: { project } }: ProjectBeside,
  { files }: ServiceContext,
): Promise<SweepProblem[]> {
  const { name, entryPoint, isScript } = sweepTarget(sweep, project);
  if (isScript) return [];
  if (entryPoint === undefined) {
    return project.entryPoints.length === 0
      ? []
      : [unknownEntryPoint(sweep, name, project.entryPoints)];
  }
  const declared = new Map(entryPoint.parameters.map((one) => [one.name, one]));
  const taken = new Set(sweep.parameters.map((one) => one.name));
  const free = [...declared.keys()].filter((one) => !taken.has(one));
  const problems = missingParameters(sweep, entryPoint);
  for (const parameter of sweep.parameters) {
    if (problems.length >= mostProblems) break;
    const known = declared.get(parameter.name);
    problems.push(
      ...(known === undefined
        ? [unknownParameter(parameter, entryPoint.name, free)]
        : await checkTypes(parameter, known, files)),
    );
  }
  return problems;
}

function unknownEntryPoint(
  sweep: Sweep,
  name: string,
  entryPoints: readonly EntryPointModel[],
): SweepProblem {
  const names = entryPoints.map((one) => one.name);
  const meant = nearest(name, names);
  const span = sweep.entryPoint?.span ?? sweep.head;
  return {
    code: 'sweep-unknown-entry-point',
    severity: sweep.entryPoint === undefined ? 'warning' : 'error',
    span,
    message: l10n.t(
      'Could not find {0} among the entry points of the MLproject: {1}.',
      name,
      names.join(', '),
    ),
    fixes: meant === undefined || sweep.entryPoint === undefined ? [] : [replacement(span, meant)],
  };
}

function unknownParameter(
  { name, nameSpan }: SweepParameter,
  entryPoint: string,
  free: readonly string[],
): SweepProblem {
  const meant = nearest(name, free);
  return {
    code: 'sweep-unknown-parameter',
    severity: 'warning',
    span: nameSpan,
    message:
      meant === undefined
        ? l10n.t(
            '{0} is no parameter of {1}; MLflow puts it at the end of the command.',
            name,
            entryPoint,
          )
        : l10n.t('{0} is no parameter of {1}; did you mean {2}?', name, entryPoint, meant),
    fixes: meant === undefined ? [] : [replacement(nameSpan, meant)],
  };
}

function missingParameters(sweep: Sweep, { parameters }: EntryPointModel): SweepProblem[] {
  const given = new Set(sweep.parameters.map(({ name }) => name));
  const missing = parameters.filter(
    ({ name, defaultValue }) => defaultValue === undefined && !given.has(name),
  );
  if (missing.length === 0 || given.size === 0) return [];
  const names = missing.map(({ name }) => `'${name}'`).join(', ');
  const message = l10n.t('No value given for missing parameters: {0}', names);
  return [{ code: 'sweep-missing-parameter', severity: 'error', span: sweep.head, message }];
}
