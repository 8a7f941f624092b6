import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf, yamlOf } from '../projectDocument';
import { readSweep } from './readSweep';
import type { SweepDomain } from './sweepModel';

/** The parameters with their values. */
export function sweepSymbols(document: TextDocument): readonly DocumentSymbol[] {
  const { sweep } = readSweep(yamlOf(document));
  return (sweep?.parameters ?? []).map(({ name, nameSpan, valueSpan, domain }) => {
    const end = Math.max(nameSpan.end, valueSpan.end);
    return {
      // Editors refuse an empty name.
      name: name.trim() === '' ? '""' : name.slice(0, 200),
      detail: detailOf(domain),
      kind: SymbolKind.Variable,
      range: rangeOf(document, { start: nameSpan.start, end }),
      selectionRange: rangeOf(document, nameSpan),
    };
  });
}

function detailOf(domain: SweepDomain): string {
  switch (domain.kind) {
    case 'values':
      return domain.values
        .slice(0, 10)
        .map(({ text }) => text.slice(0, 20))
        .join(', ');
    case 'range':
      return `${domain.min} … ${domain.max}`;
    case 'open':
      return domain.distribution;
    case 'unknown':
      return '';
  }
}
