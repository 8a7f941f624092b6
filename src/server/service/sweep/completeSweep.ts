import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Position,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fileItems, keyItems, nameItem, siblingKeys, valueItems, wordOf } from '../completionItems';
import { cursorContext, type CursorContext } from '../cursorContext';
import type { ServiceContext } from '../fileService';
import { describeParameter } from '../project/describeParameter';
import { rangeOf, yamlOf } from '../projectDocument';
import type { Span } from '../yaml/yamlTree';
import { projectBeside, type ProjectBeside } from './projectBeside';
import { readSweep } from './readSweep';
import { sweepKeyAt, sweepKeysAt } from './sweepKeysAt';
import { sweepTarget } from './sweepTarget';

/** Keys of the form, parameters and entry points of the MLproject, and the words that a key takes. */
export async function completeSweep(
  document: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<readonly CompletionItem[]> {
  const cursor = cursorContext(document.getText(), document.offsetAt(position));
  const { path, place } = cursor;
  if (place === 'comment') return [];
  const beside = await projectBeside(files);
  if (place === 'key') return completeKey(document, cursor, beside);
  const span = valueSpan(document, cursor);
  if (path.length === 1 && path[0] === 'entry_point') {
    const entryPoints = beside?.document.project.entryPoints ?? [];
    return entryPoints.map(({ name }) =>
      nameItem(document, span, name, CompletionItemKind.Function),
    );
  }
  if (path.length === 1 && path[0] === 'program') {
    return fileItems(document, span, files, (name) => name.endsWith('.py'));
  }
  return valueItems(document, span, sweepKeyAt(path)?.values ?? []);
}

function completeKey(
  document: TextDocument,
  cursor: CursorContext,
  beside: ProjectBeside | undefined,
): CompletionItem[] {
  const { path } = cursor;
  const shape = shapeOf(document, cursor);
  const items: CompletionItem[] = [];
  const isForParameters =
    (shape !== 'form' && path.length === 0) || (path.length === 1 && path[0] === 'parameters');
  if (isForParameters) items.push(...parameterItems(document, cursor, beside));
  const keys = shape === 'grid' ? undefined : sweepKeysAt(path);
  if (keys !== undefined) items.push(...keyItems(document, cursor, keys));
  return items;
}

/** Undefined as long as nothing but the word under the cursor is there. */
function shapeOf(document: TextDocument, cursor: CursorContext): 'grid' | 'form' | undefined {
  const root = { ...cursor, path: [] };
  if (siblingKeys(document, root).size === 0 && cursor.path.length === 0) return undefined;
  return readSweep(yamlOf(document)).sweep?.shape;
}

/** The parameters that the sweep does not have yet; required ones first. */
function parameterItems(
  document: TextDocument,
  cursor: CursorContext,
  beside: ProjectBeside | undefined,
): CompletionItem[] {
  const { sweep } = readSweep(yamlOf(document));
  const project = beside?.document.project;
  const only = project?.entryPoints.length === 1 ? project.entryPoints[0] : undefined;
  const main = project?.entryPoints.find(({ name }) => name === 'main');
  const entryPoint = sweep && project ? sweepTarget(sweep, project).entryPoint : (main ?? only);
  if (entryPoint === undefined) return [];
  const taken = siblingKeys(document, cursor);
  const inForm = cursor.path.length === 1;
  const rest = inForm
    ? cursor.flow
      ? ': {values: [$0]}'
      : `:\n${' '.repeat(cursor.indent + 2)}values: [$0]`
    : ': [$0]';
  return entryPoint.parameters
    .filter(({ name }) => !taken.has(name))
    .map((parameter) => {
      const { name, type, defaultValue } = parameter;
      const hasColon = document.getText().startsWith(':', cursor.to);
      const described = describeParameter({ entryPoint, name, parameter }).join('\n\n');
      return {
        label: name,
        kind: CompletionItemKind.Variable,
        detail: type ?? '',
        documentation: { kind: MarkupKind.Markdown, value: described },
        sortText: `${defaultValue === undefined ? ' 0' : ' 1'}${name}`,
        insertTextFormat: InsertTextFormat.Snippet,
        insertTextMode: InsertTextMode.asIs,
        textEdit: {
          range: rangeOf(document, wordOf(cursor)),
          newText: `${escaped(name)}${hasColon ? '' : rest}`,
        },
      };
    });
}

/** Names come from a file, and snippets read `$` and braces. */
function escaped(name: string): string {
  return name.replace(/[\\$}]/g, '\\$&');
}

function valueSpan(document: TextDocument, { from, to }: CursorContext): Span {
  const first = document.getText().slice(from, from + 1);
  return { start: /["']/.test(first) ? from + 1 : from, end: to };
}
