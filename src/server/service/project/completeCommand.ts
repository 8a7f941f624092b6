import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileItems } from '../completionItems';
import { projectOf, rangeOf } from '../projectDocument';
import type { ProjectFiles } from '../projectFiles';
import type { ParameterModel } from './projectModel';

const scripts: Readonly<Record<string, RegExp>> = {
  python: /\.py$/,
  python3: /\.py$/,
  bash: /\.sh$/,
  sh: /\.sh$/,
  rscript: /\.r$/i,
};

/** Placeholders, and the scripts behind `python` and the like. */
export async function completeCommand(
  document: TextDocument,
  entryPoint: string,
  offset: number,
  files: ProjectFiles,
): Promise<readonly CompletionItem[]> {
  const text = document.getText();
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const { entryPoints } = projectOf(document).project;
  const { parameters = [] } = entryPoints.find(({ name }) => name === entryPoint) ?? {};
  const brace = /(\{+)[^{}\s]*$/.exec(line);
  if (brace !== null) {
    // An even number of braces is text.
    if ((brace[1] ?? '').length % 2 === 0) return [];
    const start = offset - (brace[0].length - (brace[1] ?? '').length) - 1;
    return placeholderItems(document, parameters, start, offset);
  }
  const [, program = '', typed = ''] = /([\w.]+)\s+(?:-\w\s+)*([\w./-]*)$/.exec(line) ?? [];
  const ending = scripts[program.toLowerCase()];
  const found =
    ending === undefined
      ? []
      : await fileItems(document, { start: offset - typed.length, end: offset }, files, (name) =>
          ending.test(name),
        );
  const isBetweenWords = /(^|[\s"'=])$/.test(line);
  return isBetweenWords
    ? [...found, ...placeholderItems(document, parameters, offset, offset)]
    : found;
}

/** Replaces what is there of the placeholder, its closing brace included. */
function placeholderItems(
  document: TextDocument,
  parameters: readonly ParameterModel[],
  start: number,
  offset: number,
): CompletionItem[] {
  const rest = document.getText().slice(offset, offset + 200);
  const [tail = ''] = start < offset ? (/^[\p{L}\p{N}_-]*\}?/u.exec(rest) ?? []) : [];
  const range = rangeOf(document, { start, end: offset + tail.length });
  return parameters.map(({ name, type }) => ({
    label: name,
    kind: CompletionItemKind.Variable,
    detail: type ?? '',
    filterText: `{${name}}`,
    textEdit: { range, newText: `{${name}}` },
  }));
}
