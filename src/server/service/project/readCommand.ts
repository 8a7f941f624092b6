import { formatPieces, type FormatField, type FormatPiece } from '../python/formatPieces';
import { SourceOffsets } from '../yaml/sourceOffsets';
import type { YamlScalar } from '../yaml/yamlTree';
import type { CommandModel } from './projectModel';

export function readCommand(documentText: string, node: YamlScalar): CommandModel {
  const offsets = new SourceOffsets(documentText, node);
  const pieces = formatPieces(node.text);
  const placeholders = allFields(pieces).map((field) => ({
    name: field.name,
    field,
    span: offsets.toSourceSpan(field.span),
    nameSpan: offsets.toSourceSpan(field.nameSpan),
  }));
  return { node, text: node.text, pieces, offsets, placeholders };
}

function allFields(pieces: readonly FormatPiece[]): FormatField[] {
  return pieces.flatMap((piece) =>
    piece.kind === 'field' ? [piece.field, ...allFields(piece.field.nested)] : [],
  );
}
