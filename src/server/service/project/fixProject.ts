import type { CodeAction } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FixRequest, ServiceContext } from '../fileService';
import { fixesWithin } from '../problem';
import { projectProblems } from '../projectChecks/projectProblems';
import { projectOf } from '../projectDocument';

/** What can be done about the problems of an MLproject file that touch a range. */
export async function fixProject(
  document: TextDocument,
  { range }: FixRequest,
  context: ServiceContext,
): Promise<readonly CodeAction[]> {
  const problems = await projectProblems(projectOf(document), context);
  return fixesWithin(document, problems, range, context.files);
}
