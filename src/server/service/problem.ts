import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

import { rangeOf } from './projectDocument';
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
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

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

/** The fixes of those problems that touch a range. */
export function fixesWithin(
  document: TextDocument,
  problems: readonly Problem[],
  { start, end }: Range,
): CodeAction[] {
  const from = document.offsetAt(start);
  const to = document.offsetAt(end);
  const within = problems.filter(({ span }) => span.start <= to && span.end >= from);
  return within.flatMap((problem) =>
    (problem.fixes ?? []).map(({ title, edits }, index) => ({
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
    })),
  );
}
