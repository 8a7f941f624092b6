import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { rangeOf } from './projectDocument';
import type { ProjectFiles } from './projectFiles';
import type { Span } from './yaml/yamlTree';

/** Something wrong at a place of a text. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  /** `error`: MLflow refuses the file, or crashes on it. */
  readonly severity: keyof typeof severities;
  readonly span: Span;
  /** One sentence, with MLflow's own words where it has some. */
  readonly message: string;
  /** The likeliest one first. */
  readonly fixes?: readonly Fix[];
  /** What can be done with files; after `fixes`. */
  readonly fileFixes?: readonly FileFix[];
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** A fix that makes a file, or calls the document's own file otherwise; paths are seen from the document's folder. */
export type FileFix =
  | {
      readonly kind: 'create';
      readonly title: string;
      readonly path: string;
      readonly text: string;
    }
  | { readonly kind: 'rename'; readonly title: string; readonly newName: string };

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toDiagnostic(document: TextDocument, problem: Problem): Diagnostic {
  const { code, severity, span, message } = problem;
  const range = rangeOf(document, span);
  return { range, severity: severities[severity], code, source: 'mlflow', message };
}

/** The fixes of those problems that touch a range; those of texts come first. */
export function fixesWithin(
  document: TextDocument,
  problems: readonly Problem[],
  { start, end }: Range,
  files: ProjectFiles,
): CodeAction[] {
  const from = document.offsetAt(start);
  const to = document.offsetAt(end);
  const within = problems.filter(({ span }) => span.start <= to && span.end >= from);
  return [
    ...within.flatMap((problem) => textActions(document, problem)),
    ...within.flatMap((problem) => fileActions(document, problem, files)),
  ];
}

function textActions(document: TextDocument, problem: Problem): CodeAction[] {
  return (problem.fixes ?? []).map(({ title, edits }, index) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, problem)],
    isPreferred: index === 0,
    edit: {
      changes: {
        [document.uri]: edits.map(({ span, newText }) => ({
          range: rangeOf(document, span),
          newText,
        })),
      },
    },
  }));
}

function fileActions(document: TextDocument, problem: Problem, files: ProjectFiles): CodeAction[] {
  return (problem.fileFixes ?? []).flatMap((fix) => {
    const uri = files.uriOf(fix.kind === 'rename' ? fix.newName : fix.path);
    // An unsaved document lies in no folder.
    if (uri === '') return [];
    const documentChanges: WorkspaceEdit['documentChanges'] =
      fix.kind === 'rename'
        ? [{ kind: 'rename', oldUri: document.uri, newUri: uri }]
        : createFile(uri, fix.text);
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(document, problem)],
      edit: { documentChanges },
    };
  });
}

function createFile(uri: string, text: string): (CreateFile | TextDocumentEdit)[] {
  const start = { line: 0, character: 0 };
  return [
    { kind: 'create', uri, options: { ignoreIfExists: true } },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    },
  ];
}
