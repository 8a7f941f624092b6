import * as l10n from '@vscode/l10n';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FixRequest, ServiceContext } from '../fileService';
import { fixesWithin, toDiagnostic } from '../problem';
import { yamlOf } from '../projectDocument';
import { checkSweep } from './checkSweep';
import { projectBeside } from './projectBeside';
import { readSweep } from './readSweep';
import type { SweepProblem } from './sweepProblem';
import { mostProblems } from './sweepReader';

/** What is wrong with a sweep file. An error is what would keep the sweep, or one of its runs, from starting. */
export async function diagnoseSweep(
  document: TextDocument,
  context: ServiceContext,
): Promise<readonly Diagnostic[]> {
  const problems = await findProblems(document, context);
  return problems.map((problem) => toDiagnostic(document, problem));
}

/** What can be done about those in a range. */
export async function fixSweep(
  document: TextDocument,
  { range }: FixRequest,
  context: ServiceContext,
): Promise<readonly CodeAction[]> {
  return fixesWithin(document, await findProblems(document, context), range, context.files);
}

async function findProblems(
  document: TextDocument,
  context: ServiceContext,
): Promise<readonly SweepProblem[]> {
  const yaml = yamlOf(document);
  const { sweep, problems } = readSweep(yaml);
  const syntax: SweepProblem[] = [];
  if (yaml.problem !== undefined) {
    if (context.settings.yamlIsChecked && yaml.problem.kind === 'syntax') return [];
    const { span, words } = yaml.problem;
    const message = l10n.t('This is no YAML: {0}.', words);
    syntax.push({ code: 'sweep-shape', severity: 'error', span, message });
  }
  // Nothing that is guessed from broken text is held against it.
  if (sweep === undefined || syntax.length > 0)
    return syntax.concat(syntax.length > 0 ? [] : problems);
  const project = await projectBeside(context.files);
  return [...problems, ...(await checkSweep(sweep, project, context))].slice(0, mostProblems);
}
