import * as l10n from '@vscode/l10n';
import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  type Position,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parameterTypes } from '../../schema/mlprojectSchema';
import { fileItems, keyItems, siblingKeys, valueItems, wordOf } from '../completionItems';
import { cursorContext, type CursorContext } from '../cursorContext';
import type { ServiceContext } from '../fileService';
import { focusedDocument } from '../focusedDocument';
import { projectOf, rangeOf } from '../projectDocument';
import type { Span } from '../yaml/yamlTree';
import { completeCommand } from './completeCommand';
import { keysAt } from './projectKeys';

/** Keys, types, files, placeholders and names, by where the cursor is. */
export async function completeProject(
  whole: TextDocument,
  position: Position,
  { files }: ServiceContext,
): Promise<readonly CompletionItem[]> {
  const cursor = cursorContext(whole.getText(), whole.offsetAt(position));
  const document = focusedDocument(whole, cursor);
  const { path, place } = cursor;
  if (place === 'comment') return [];
  if (place === 'key') return completeKey(document, cursor);
  const span = valueSpan(document, cursor);
  const [first, name, third] = path;
  if (path.length === 1 && (first === 'python_env' || first === 'conda_env')) {
    return fileItems(document, span, files, (file) => /\.ya?ml$/i.test(file));
  }
  if (first === 'databricks_spark_job' && name === 'python_file') {
    return fileItems(document, span, files, (file) => file.endsWith('.py'));
  }
  if (first !== 'entry_points' || name === undefined) return [];
  if (third === 'command' && path.length === 3) {
    return completeCommand(document, name, document.offsetAt(position), files);
  }
  if (third !== 'parameters') return [];
  if (path.length === 4 || (path.length === 5 && path[4] === 'type')) {
    return valueItems(document, span, parameterTypes);
  }
  const isPath = path[4] === 'default' && typeOf(document, name, path[3]) === 'path';
  return isPath ? fileItems(document, span, files, () => true) : [];
}

function completeKey(document: TextDocument, cursor: CursorContext): CompletionItem[] {
  const { path } = cursor;
  const keys = keysAt(path);
  if (keys !== undefined) return keyItems(document, cursor, keys);
  if (path[0] !== 'entry_points') return [];
  if (path.length === 1) return mainItem(document, cursor);
  return path.length === 3 && path[2] === 'parameters' ? undeclaredItems(document, cursor) : [];
}

/** The entry point that is run where none is named. */
function mainItem(document: TextDocument, cursor: CursorContext): CompletionItem[] {
  if (cursor.flow || siblingKeys(document, cursor).has('main')) return [];
  const inner = ' '.repeat(cursor.indent + 2);
  return [
    {
      label: 'main',
      kind: CompletionItemKind.Function,
      detail: l10n.t('The entry point that is run where none is named'),
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: {
        range: rangeOf(document, wordOf(cursor)),
        newText: `main:\n${inner}command: "$0"`,
      },
    },
  ];
}

/** Parameters that the command names, and that are not declared yet. */
function undeclaredItems(document: TextDocument, cursor: CursorContext): CompletionItem[] {
  const { entryPoints } = projectOf(document).project;
  const { command } = entryPoints.find(({ name }) => name === cursor.path[1]) ?? {};
  const declared = siblingKeys(document, cursor);
  const names = new Set(command?.placeholders.map(({ name }) => name));
  return [...names]
    .filter((name) => !declared.has(name) && /^[^\s:#]+$/.test(name))
    .map((name) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      detail: l10n.t('Used in the command'),
      textEdit: { range: rangeOf(document, wordOf(cursor)), newText: `${name}: ` },
    }));
}

/** From the start of the value, past an opening quote. */
function valueSpan(document: TextDocument, { from, to }: CursorContext): Span {
  const first = document.getText(rangeOf(document, { start: from, end: from + 1 }));
  return { start: /["']/.test(first) ? from + 1 : from, end: to };
}

function typeOf(
  document: TextDocument,
  entryPoint: string,
  parameter: string | undefined,
): string | undefined {
  const { entryPoints } = projectOf(document).project;
  const found = entryPoints.find(({ name }) => name === entryPoint);
  return found?.parameters.find(({ name }) => name === parameter)?.type;
}
