import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { toDiagnostic } from '../problem';
import { projectProblems } from '../projectChecks/projectProblems';
import { projectOf } from '../projectDocument';

/** What is wrong with an MLproject file. An error is what MLflow refuses, or crashes on, before the command starts. */
export async function diagnoseProject(
  document: TextDocument,
  context: ServiceContext,
): Promise<readonly Diagnostic[]> {
  const problems = await projectProblems(projectOf(document), context);
  return problems.map((problem) => toDiagnostic(document, problem));
}
