import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { projectOf, rangeOf } from '../projectDocument';
import type { YamlEntry } from '../yaml/yamlTree';
import type { EntryPointModel } from './projectModel';
import { pythonText } from '../python/pythonText';

/** Name, environments and entry points with their parameters. */
export function symbolsOf(document: TextDocument): readonly DocumentSymbol[] {
  const { project } = projectOf(document);
  const { name, environments, entryPoints } = project;
  const symbols = entryPoints.map((one) => entryPointSymbol(document, one));
  for (const { key, entry, path } of environments) {
    symbols.push(symbolOf(document, entry, key, SymbolKind.Package, path));
  }
  if (name !== undefined) {
    const text = pythonText(name.value);
    symbols.push(symbolOf(document, name.entry, 'name', SymbolKind.String, text));
  }
  return symbols.sort(
    ({ range: { start: a } }, { range: { start: b } }) =>
      a.line - b.line || a.character - b.character,
  );
}

function entryPointSymbol(document: TextDocument, entryPoint: EntryPointModel): DocumentSymbol {
  const { name, entry, parameters } = entryPoint;
  const symbol = symbolOf(document, entry, name, SymbolKind.Function);
  const children = parameters.map((one) =>
    symbolOf(document, one.entry, one.name, SymbolKind.Variable, one.type),
  );
  // What an alias stands for lies elsewhere; an editor refuses symbols outside of their parent.
  return { ...symbol, children: children.filter((child) => holds(symbol, child)) };
}

export function symbolOf(
  document: TextDocument,
  { key, value }: YamlEntry,
  name: string,
  kind: SymbolKind,
  detail = '',
): DocumentSymbol {
  const end = Math.max(key.span.end, value.span.end);
  return {
    // Editors refuse an empty name.
    name: name.trim() === '' ? '""' : name.slice(0, 200),
    detail: detail.slice(0, 200),
    kind,
    range: rangeOf(document, { start: key.span.start, end }),
    selectionRange: rangeOf(document, key.span),
  };
}

function holds({ range: outer }: DocumentSymbol, { range: inner }: DocumentSymbol): boolean {
  const starts =
    outer.start.line < inner.start.line ||
    (outer.start.line === inner.start.line && outer.start.character <= inner.start.character);
  const ends =
    outer.end.line > inner.end.line ||
    (outer.end.line === inner.end.line && outer.end.character >= inner.end.character);
  return starts && ends;
}
