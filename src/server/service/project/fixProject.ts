import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FixRequest, ServiceContext } from '../fileService';
import { fixesWithin, toDiagnostic } from '../problem';
import type { FileFix, ProjectProblem } from '../projectChecks/projectProblem';
import { projectProblems } from '../projectChecks/projectProblems';
import { projectOf } from '../projectDocument';

/** What can be done about the problems of an MLproject file that touch a range. */
export async function fixProject(
  document: TextDocument,
  { range }: FixRequest,
  context: ServiceContext,
): Promise<readonly CodeAction[]> {
  const problems = await projectProblems(projectOf(document), context);
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const touched = problems.filter(({ span }) => span.start <= to && span.end >= from);
  return [
    ...fixesWithin(document, touched, range),
    ...touched.flatMap((problem) =>
      (problem.fileFixes ?? []).map((fix) => fileAction(document, problem, fix, context)),
    ),
  ];
}

function fileAction(
  document: TextDocument,
  problem: ProjectProblem,
  fix: FileFix,
  { files }: ServiceContext,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, problem)],
    edit: {
      documentChanges:
        fix.kind === 'rename'
          ? [{ kind: 'rename', oldUri: document.uri, newUri: files.uriOf(fix.newName) }]
          : createFile(files.uriOf(fix.path), fix.text),
    },
  };
}

function createFile(uri: string, text: string) {
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create' as const, uri, options: { ignoreIfExists: true } },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    },
  ];
}
